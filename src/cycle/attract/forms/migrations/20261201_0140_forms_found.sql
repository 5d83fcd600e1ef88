create index forms_found on forms using gin (search_text(name, null, null) gin_trgm_ops);
