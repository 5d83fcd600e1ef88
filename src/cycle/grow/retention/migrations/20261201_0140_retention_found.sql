create index plays_found on plays using gin (search_text(name, null, null) gin_trgm_ops);
