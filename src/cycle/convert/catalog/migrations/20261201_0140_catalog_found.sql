create index products_found on products using gin (search_text(name, sku, null) gin_trgm_ops);
