-- What the company wants of a link of the ring; the newest row of a link counts, the older ones are its history.
create table link_targets (
  id      uuid        not null primary key,
  lens    text        not null,
  link    text        not null, -- "onboarding>engagement"
  -- Share of those who stand in the step during the period and move on; null: no target any more.
  rate    numeric     check (rate > 0 and rate <= 1),
  -- Days it should take at most, in the middle.
  days    int         check (days > 0),
  set_at  timestamptz not null,
  set_by  text        not null
);
create index link_targets_by_link on link_targets (lens, link, set_at desc, id desc);

-- "Later": a person put off what is due until then.
create table put_off (
  user_id uuid        not null,
  due_id  text        not null,
  until   timestamptz not null,
  primary key (user_id, due_id)
);
