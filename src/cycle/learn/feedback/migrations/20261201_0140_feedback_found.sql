create index surveys_found on surveys using gin (search_text(name, null, null) gin_trgm_ops);
