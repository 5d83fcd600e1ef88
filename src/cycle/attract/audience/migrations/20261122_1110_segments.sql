create table segments (
  id           uuid        not null primary key,
  name         text        not null check (length(name) between 1 and 200),
  description  text,
  kind         text        not null check (kind in ('dynamic', 'static')),
  active       boolean     not null default true,
  -- Who belongs to a dynamic one; none for a static one, whose members are chosen by hand.
  condition    jsonb       check ((condition is null) = (kind = 'static')),
  member_count int         not null default 0,
  built_at     timestamptz,
  version      int         not null default 1,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  deleted_at   timestamptz
);
create unique index segments_by_lower_name on segments (lower(name)) where deleted_at is null;
create index segments_by_name on segments (name collate "und-x-icu", id);
create index segments_by_updated on segments (updated_at, id);
create index segments_search on segments using gin (name gin_trgm_ops);

create table segment_members (
  segment_id uuid        not null references segments,
  contact_id uuid        not null references contacts on delete cascade,
  entered_at timestamptz not null,
  primary key (segment_id, contact_id)
);
create index segment_members_by_contact on segment_members (contact_id, segment_id);
create index segment_members_by_entry on segment_members (segment_id, entered_at desc, contact_id desc);

-- When time alone will next move somebody in or out.
create table segment_flips (
  segment_id uuid        not null references segments,
  contact_id uuid        not null references contacts on delete cascade,
  due_at     timestamptz not null,
  primary key (segment_id, contact_id)
);
create index segment_flips_by_due on segment_flips (due_at);
create index segment_flips_by_contact on segment_flips (contact_id);

-- How many came and went on each day of the company's time zone.
create table segment_days (
  segment_id uuid not null references segments,
  day        date not null,
  came       int  not null default 0,
  went       int  not null default 0,
  primary key (segment_id, day)
);
