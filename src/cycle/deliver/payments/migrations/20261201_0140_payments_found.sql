create index payments_found on payments using gin (search_text(number, reference, null) gin_trgm_ops);
