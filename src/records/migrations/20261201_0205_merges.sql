-- One merge: who stayed, who was merged into them, what of the winner's fields changed ({"field": [old, new]}).
create table record_merges (
  id         uuid        not null primary key,
  object     text        not null,
  winner_id  uuid        not null,
  loser_ids  uuid[]      not null,
  fields     jsonb       not null default '{}',
  rule       text,
  state      text        not null default 'done' check (state in ('done', 'undone')),
  by_id      uuid,
  by_name    text        not null,
  at         timestamptz not null,
  undone_at  timestamptz
);
create index record_merges_by_winner on record_merges (winner_id, at desc);
create index record_merges_by_time on record_merges (at desc, id desc);

-- Whom a merged record lives on in: old links, ids and e-mail addresses lead there.
create table merged_records (
  loser_id  uuid not null primary key,
  object    text not null,
  winner_id uuid not null,
  merge_id  uuid not null references record_merges on delete cascade,
  email     text
);
create index merged_records_by_winner on merged_records (winner_id);
create index merged_records_by_merge on merged_records (merge_id);
create index merged_records_by_email on merged_records (email) where email is not null;

-- Rows that pointed to a loser and point to the winner since, by their keys.
create table merge_moves (
  merge_id    uuid    not null references record_merges on delete cascade,
  seq         integer not null,
  table_name  text    not null,
  column_name text    not null,
  from_id     uuid    not null,
  keys        jsonb   not null,
  count       integer not null,
  primary key (merge_id, seq)
);

-- Rows that a merge changed in another way, as they were and as they are; null where there was or is none.
create table merge_images (
  merge_id   uuid    not null references record_merges on delete cascade,
  seq        integer not null,
  what       text    not null,
  table_name text    not null,
  key        jsonb   not null,
  before     jsonb,
  after      jsonb,
  primary key (merge_id, seq)
);
