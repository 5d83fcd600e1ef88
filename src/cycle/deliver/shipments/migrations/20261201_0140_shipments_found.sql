create index shipments_found on shipments using gin (search_text(number, tracking_number, null) gin_trgm_ops);
