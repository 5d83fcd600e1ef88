create index themes_found on themes using gin (search_text(name, null, null) gin_trgm_ops);
create index insights_found on insights using gin (search_text(name, null, null) gin_trgm_ops);
