create index quotes_found on quotes using gin (search_text(number, subject, null) gin_trgm_ops);
