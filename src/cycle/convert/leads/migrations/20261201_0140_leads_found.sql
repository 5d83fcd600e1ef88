create index leads_found on leads using gin (search_text(name, null, null) gin_trgm_ops);
