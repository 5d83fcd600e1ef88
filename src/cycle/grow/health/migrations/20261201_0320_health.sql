-- How it stood with each customer, noted on the days on which it changed, with what it came of.
create table health_scores (
  contact_id uuid  not null references contacts on delete cascade,
  day        date  not null,
  score      int   not null check (score between 0 and 100),
  known      int   not null,
  measures   jsonb not null,
  primary key (contact_id, day)
);

-- The daily run: when it is due, how well the score of a quarter ago told who ordered since.
create table health_runs (
  what    text        not null primary key check (what in ('daily')),
  due_at  timestamptz,
  ran_at  timestamptz,
  told    jsonb       not null default '{}'
);
insert into health_runs (what) values ('daily');
