-- Business hours; the row with the greatest version holds now, older ones are what running clocks were started with.
create table calendars (
  version    int         not null primary key,
  tz         text        not null,
  -- Seven lists of {"from": "09:00", "until": "17:00"}, Monday first.
  weekly     jsonb       not null,
  -- {"first": "2026-12-24", "last": "2026-12-26", "name": "Christmas"}, both days included.
  holidays   jsonb       not null default '[]',
  created_by text        not null,
  created_at timestamptz not null default now()
);
