-- A change set is one act of somebody: who, when, why, from which job. Its changes name the record and the old and new values.
create table change_sets (
  id         uuid        not null primary key,
  at         timestamptz not null default now(),
  actor_kind text        not null,
  actor_id   uuid,
  actor_name text        not null,
  job_id     uuid,
  reason     text
);

create table changes (
  set_id    uuid  not null references change_sets,
  object    text  not null,
  record_id uuid  not null,
  action    text  not null check (action in ('created', 'updated', 'trashed', 'restored')),
  -- {"field": [old, new]}; null when an import created the record: the file is the source.
  fields    jsonb,
  primary key (record_id, set_id, object)
);
create index changes_by_set on changes (set_id);

-- External ids are text, unique per system and object.
create table external_ids (
  object      text not null,
  system      text not null,
  external_id text not null,
  record_id   uuid not null,
  primary key (object, system, external_id)
);
create index external_ids_by_record on external_ids (record_id);

-- Uploaded files that an import reads; the bytes lie at the path. How far an import is, its job says.
create table imports (
  id          uuid        not null primary key,
  object      text        not null,
  file_name   text        not null,
  path        text        not null,
  bytes       bigint      not null,
  sha256      text        not null,
  format      jsonb,
  mapping     jsonb,
  options     jsonb,
  job_id      uuid,
  created_by  uuid,
  created_at  timestamptz not null default now()
);
create index imports_by_time on imports (created_at desc, id desc);

-- Rows of a file that were read and understood, until they are written. Rows of one key (a customer) are written together and
-- rows of one unit (an order) in one piece. No foreign key: it would cost more than the row itself at a million rows.
create table import_rows (
  import_id uuid   not null,
  key       text   not null collate "C",
  unit      text   not null collate "C",
  row       bigint not null,
  data      text   not null,
  primary key (import_id, key, unit, row)
);

-- Rows that were not imported; cells is null until the import ends when the row failed while it was written.
create table import_failures (
  import_id uuid   not null references imports on delete cascade,
  row       bigint not null,
  problems  jsonb  not null,
  cells     jsonb,
  primary key (import_id, row)
);
