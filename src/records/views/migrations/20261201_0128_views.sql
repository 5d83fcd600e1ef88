-- A view: what a list shows and how. Named saved_views because views is SQL's own word.
create table saved_views (
  id         uuid        not null primary key,
  object     text        not null,
  name       text        not null check (length(name) between 1 and 100),
  kind       text        not null check (kind in ('table', 'board', 'calendar')),
  -- {"filter": condition, "sort": text, "q": text}, each only when there is one.
  query      jsonb       not null default '{}',
  -- Null: the usual columns.
  columns    text[],
  group_by   text,
  -- {"field": of a board's columns or a calendar's days, "sum": of a board, "span": of a calendar}
  options    jsonb       not null default '{}',
  owner_id   uuid,
  visibility text        not null check (visibility in ('private', 'shared')),
  version    int         not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index saved_views_by_object on saved_views (object, lower(name), id) where deleted_at is null;

-- Which view a list opens with; the person's own choice goes before everybody's (user_id null).
create table view_defaults (
  object  text not null,
  user_id uuid,
  view_id uuid not null references saved_views on delete cascade,
  unique nulls not distinct (object, user_id)
);
create index view_defaults_by_view on view_defaults (view_id);

-- The tabs above a list: everybody's (user_id null) first, then the person's own.
create table view_pins (
  object   text not null,
  user_id  uuid,
  view_id  uuid not null references saved_views on delete cascade,
  position int  not null,
  unique nulls not distinct (user_id, view_id)
);
create index view_pins_by_object on view_pins (object, user_id);
create index view_pins_by_view on view_pins (view_id);
