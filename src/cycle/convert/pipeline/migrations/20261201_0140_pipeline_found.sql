create index opportunities_found on opportunities using gin (search_text(name, null, null) gin_trgm_ops);
