create index campaigns_found on campaigns using gin (search_text(name, null, null) gin_trgm_ops);
