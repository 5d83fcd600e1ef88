create table favourites (
  user_id   uuid        not null,
  record_id uuid        not null,
  object    text        not null,
  at        timestamptz not null,
  primary key (user_id, record_id)
);
create index favourites_of_record on favourites (record_id);
