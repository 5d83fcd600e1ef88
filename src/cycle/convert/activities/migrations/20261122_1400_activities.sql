create table tasks (
  id           uuid        not null primary key,
  -- What asked for it, so that it is opened once: "lead:<id>:answer"; none for a task made by hand.
  key          text        unique,
  title        text        not null check (length(title) between 1 and 200),
  kind         text        not null default 'todo' check (kind in ('todo', 'call', 'mail', 'meeting', 'review')),
  reason       text,
  contact_id   uuid        references contacts on delete cascade,
  account_id   uuid        references accounts on delete set null,
  owner_id     uuid,
  due_at       timestamptz,
  about_object text,
  about_id     text,
  status       text        not null default 'open' check (status in ('open', 'done')),
  done_at      timestamptz check ((done_at is null) = (status = 'open')),
  outcome      text,
  caused_by    uuid,
  -- The fact that told it was done; taken back together with it.
  done_fact    uuid,
  version      int         not null default 1,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  deleted_at   timestamptz
);
create index tasks_by_due on tasks (due_at, id);
create index tasks_open on tasks (owner_id, due_at, id) where status = 'open' and deleted_at is null;
create index tasks_by_created on tasks (created_at, id);
create index tasks_by_updated on tasks (updated_at, id);
create index tasks_by_done on tasks (done_at, id);
create index tasks_by_contact on tasks (contact_id, due_at);
create index tasks_by_account on tasks (account_id, due_at);
create index tasks_by_about on tasks (about_object, about_id);
create index tasks_search on tasks using gin ((lower(title collate "und-x-icu")) collate "C" gin_trgm_ops);

create table notes (
  id          uuid        not null primary key,
  contact_id  uuid        references contacts on delete cascade,
  account_id  uuid        references accounts on delete set null,
  text        text        not null check (length(text) between 1 and 20000),
  author_id   uuid,
  author_name text        not null,
  fact_id     uuid        not null,
  written_at  timestamptz not null,
  deleted_at  timestamptz
);
create index notes_by_contact on notes (contact_id, written_at desc, id desc);
create index notes_by_account on notes (account_id, written_at desc, id desc);

create table calls (
  id          uuid        not null primary key,
  contact_id  uuid        references contacts on delete cascade,
  account_id  uuid        references accounts on delete set null,
  outcome     text        not null check (outcome in ('reached', 'left_message', 'no_answer', 'called_us')),
  minutes     int         not null default 0 check (minutes between 0 and 1440),
  text        text,
  author_id   uuid,
  author_name text        not null,
  fact_id     uuid        not null,
  called_at   timestamptz not null,
  deleted_at  timestamptz
);
create index calls_by_contact on calls (contact_id, called_at desc, id desc);
create index calls_by_account on calls (account_id, called_at desc, id desc);
