create index cases_found on cases using gin (search_text(number, subject, null) gin_trgm_ops);
