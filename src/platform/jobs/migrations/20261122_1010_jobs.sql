-- The one job ledger: every background work is a row that says what it does, how far it is and why it stopped.
create table jobs (
  id           uuid        not null primary key,
  kind         text        not null,
  title        text        not null,
  state        text        not null default 'queued' check (state in ('queued', 'running', 'paused', 'done', 'failed', 'cancelled')),
  done         bigint      not null default 0,
  total        bigint,
  failed       bigint      not null default 0,
  reason       text,
  input        jsonb       not null default '{}',
  progress     jsonb       not null default '{}',
  result       jsonb,
  attempts     int         not null default 0,
  created_by   uuid,
  actor        jsonb       not null,
  created_at   timestamptz not null default now(),
  started_at   timestamptz,
  heartbeat_at timestamptz,
  finished_at  timestamptz
);
create index jobs_by_time on jobs (created_at desc, id desc);
create index jobs_open on jobs (state) where state in ('queued', 'running', 'paused');
