create index tasks_found on tasks using gin (search_text(title, null, null) gin_trgm_ops);
create index notes_found on notes using gin (search_text(text, null, null) gin_trgm_ops);
