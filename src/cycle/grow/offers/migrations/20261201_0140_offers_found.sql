create index promotions_found on promotions using gin (search_text(name, null, null) gin_trgm_ops);
