create index invoices_found on invoices using gin (search_text(number, null, null) gin_trgm_ops);
