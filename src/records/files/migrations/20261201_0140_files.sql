create table files (
  id         uuid        not null primary key,
  object     text        not null,
  record_id  uuid        not null,
  name       text        not null check (length(name) between 1 and 200),
  type       text        not null,
  bytes      bigint      not null check (bytes >= 0),
  sha256     text        not null,
  by_id      uuid,
  by_name    text        not null,
  -- The fact that tells of it, when the record belongs to a customer.
  fact_id    uuid,
  created_at timestamptz not null,
  -- When the store had all its bytes; before that it is not there for anybody.
  kept_at    timestamptz,
  deleted_at timestamptz
);
create index files_of_record on files (record_id, created_at desc, id desc);
create index files_unkept on files (created_at) where kept_at is null;
create index files_trashed on files (deleted_at) where deleted_at is not null;
