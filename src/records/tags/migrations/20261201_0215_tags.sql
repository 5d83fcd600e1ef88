create table tags (
  id          uuid        not null primary key,
  name        text        not null check (length(name) between 1 and 60),
  tone        text        not null default 'gray',
  version     int         not null default 1,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  deleted_at  timestamptz,
  -- The tag that took over its records, when it was merged.
  merged_into uuid        references tags
);
-- A name stands once, whatever its case.
create unique index tags_by_name on tags ((lower(name collate "und-x-icu") collate "C")) where deleted_at is null;
create index tags_search on tags using gin ((lower(name collate "und-x-icu") collate "C") gin_trgm_ops);

create table tagged (
  id         uuid        not null primary key,
  record_id  uuid        not null,
  object     text        not null,
  tag_id     uuid        not null references tags on delete cascade,
  -- The tag it had before two were merged; for taking the merge back.
  came_from  uuid,
  by_name    text        not null,
  created_at timestamptz not null,
  -- Gone together with its tag, and back with it.
  deleted_at timestamptz
);
create unique index tagged_once on tagged (record_id, tag_id);
create index tagged_by_tag on tagged (tag_id, object, record_id) where deleted_at is null;
