create table comments (
  id         uuid        not null primary key,
  object     text        not null,
  record_id  uuid        not null,
  html       text        not null,
  text       text        not null,
  by_id      uuid,
  by_name    text        not null,
  created_at timestamptz not null,
  edited_at  timestamptz,
  version    int         not null default 1,
  deleted_at timestamptz
);
create index comments_of_record on comments (record_id, created_at desc, id desc) where deleted_at is null;
create index comments_search on comments using gin ((lower(text collate "und-x-icu")) collate "C" gin_trgm_ops);

create table followers (
  record_id uuid        not null,
  object    text        not null,
  user_id   uuid        not null,
  -- False: they said that they do not want to hear of it, so that owning or commenting does not make them follow again.
  follows   boolean     not null default true,
  since     timestamptz not null,
  primary key (record_id, user_id)
);
create index followers_by_user on followers (user_id, since desc);
