-- What is done when a customer begins to leave.
create table plays (
  id         uuid        not null primary key,
  name       text        not null check (length(name) between 1 and 200),
  trigger    text        not null check (trigger in ('at_risk', 'lapsed')),
  -- The task that is opened: "Call {name} before they go".
  task       text        not null,
  task_kind  text        not null,
  help       text,
  -- Business days until it should be done.
  due_days   int         not null default 2 check (due_days between 0 and 60),
  -- Who does it; null: the customer's owner, or anybody.
  owner_id   uuid,
  -- Percent of the customers that are left alone, so that one can tell what the play is worth.
  held_out   int         not null default 20 check (held_out between 0 and 50),
  -- Days within which an order counts as saved.
  window_days int        not null default 60 check (window_days between 7 and 365),
  active     boolean     not null default true,
  run_count  int         not null default 0,
  version    int         not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index plays_by_name on plays (lower(name)) where deleted_at is null;
create index plays_by_sorted_name on plays (name collate "und-x-icu", id);
create index plays_by_created on plays (created_at, id);
create index plays_by_updated on plays (updated_at, id);
create index plays_search on plays using gin ((lower(name collate "und-x-icu")) collate "C" gin_trgm_ops);

-- One customer who met the trigger once; what the play said then is kept with it.
create table play_runs (
  id           uuid        not null primary key,
  play_id      uuid        not null references plays,
  play_version int         not null,
  contact_id   uuid        references contacts on delete cascade,
  account_id   uuid        references accounts on delete cascade,
  -- The fact that told of the move.
  trigger_fact uuid        not null,
  reason       text        not null,
  held_out     boolean     not null,
  task_id      uuid        references tasks on delete set null,
  started_at   timestamptz not null,
  ends_at      timestamptz not null,
  outcome      text        not null default 'open' check (outcome in ('open', 'saved', 'lost')),
  ended_at     timestamptz,
  -- The order that saved them.
  saved_by     uuid,
  unique (play_id, trigger_fact),
  check (contact_id is not null or account_id is not null)
);
create index play_runs_by_play on play_runs (play_id, started_at desc, id desc);
create index play_runs_by_contact on play_runs (contact_id, started_at desc) where contact_id is not null;
create index play_runs_by_account on play_runs (account_id, started_at desc) where account_id is not null;
create index play_runs_by_task on play_runs (task_id) where task_id is not null;
create index play_runs_open on play_runs (ends_at) where outcome = 'open';
