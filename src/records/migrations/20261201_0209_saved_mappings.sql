-- A mapping that somebody gave a name, for the next file that looks like it; everybody in the workspace may use it.
create table import_mappings (
  id          uuid        not null primary key,
  object      text        not null,
  name        text        not null,
  -- The header names in plain words, in order: a file with the same ones is offered this mapping.
  fingerprint text        not null,
  mapping     jsonb       not null,
  options     jsonb       not null default '{}',
  created_by  uuid,
  created_at  timestamptz not null,
  used_at     timestamptz
);
create unique index import_mappings_by_name on import_mappings (object, lower(name));

-- What was told about the file when it was read: photos left out and the like. Whose rights the import runs with.
alter table imports add column notes jsonb not null default '[]';
