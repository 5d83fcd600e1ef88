create index improvements_found on improvements using gin (search_text(name, null, null) gin_trgm_ops);
