create index segments_found on segments using gin (search_text(name, null, null) gin_trgm_ops);
