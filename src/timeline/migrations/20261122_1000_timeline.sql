-- Facts are append-only. Position = (epoch, tx, seq): commit order, read only below the oldest running transaction.
-- Ids are uuid v7 (recording time), so the table can be split by time without a second key.
create table facts (
  id          uuid        not null primary key,
  name        text        not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  contact_id  uuid,
  account_id  uuid,
  actor_kind  text        not null,
  actor_id    uuid,
  actor_name  text        not null,
  caused_by   uuid,
  campaign_id uuid,
  payload     jsonb       not null,
  epoch       int         not null,
  tx          bigint      not null default (pg_current_xact_id()::text::bigint),
  seq         bigint      not null generated always as identity
);
create index facts_by_position on facts (epoch, tx, seq);
create index facts_by_contact on facts (contact_id, occurred_at desc, id desc) where contact_id is not null;
create index facts_by_account on facts (account_id, occurred_at desc, id desc) where account_id is not null;
create index facts_by_contact_name on facts (contact_id, name, occurred_at) where contact_id is not null;
create index facts_by_account_name on facts (account_id, name, occurred_at) where account_id is not null;

-- A fact that turned out wrong stays; the fact that withdrew it says so.
create table fact_withdrawals (
  fact_id      uuid        not null primary key references facts,
  withdrawn_by uuid        not null references facts,
  withdrawn_at timestamptz not null default now()
);

-- One row: which server's transaction ids the current epoch counts in.
create table timeline_state (
  only_row boolean not null primary key default true check (only_row),
  epoch    int     not null,
  server   text    not null
);
insert into timeline_state (epoch, server) values (1, '');

create table consumers (
  name       text        not null primary key,
  epoch      int         not null default 0,
  tx         bigint      not null default 0,
  seq        bigint      not null default 0,
  facts_seen bigint      not null default 0,
  failure    text,
  moved_at   timestamptz not null default now()
);
