-- Who looks at which record now: a row an open page, renewed every ten seconds and gone after thirty. Not worth a log.
create unlogged table presence (
  page_id   uuid        not null primary key,
  user_id   uuid        not null,
  object    text        not null,
  record_id uuid        not null,
  editing   boolean     not null default false,
  seen_at   timestamptz not null
);
create index presence_of_record on presence (record_id);
create index change_sets_by_at on change_sets (at);
