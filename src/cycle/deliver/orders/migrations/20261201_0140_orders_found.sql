create index returns_found on returns using gin (search_text(number, null, null) gin_trgm_ops);
create index orders_found on orders using gin (search_text(number, null, null) gin_trgm_ops);
