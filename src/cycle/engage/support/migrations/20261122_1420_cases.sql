create sequence case_numbers start 1001;

-- Service targets; the row with the greatest version holds for new cases, running ones keep theirs.
create table sla_policies (
  version     int         not null primary key,
  policies    jsonb       not null,
  -- So many days after it was resolved a case goes on when the customer writes; later it is a new case.
  reopen_days int         not null check (reopen_days between 0 and 365),
  created_by  text        not null,
  created_at  timestamptz not null default now()
);

create table cases (
  id               uuid        not null primary key,
  number           text        not null unique,
  subject          text        not null check (length(subject) between 1 and 200),
  description      text,
  type             text        not null default 'question' check (type in ('question', 'problem', 'complaint', 'request')),
  priority         text        not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  status           text        not null default 'open' check (status in ('open', 'waiting', 'resolved', 'closed')),
  channel          text        not null default 'hand' check (channel in ('hand', 'page', 'mail', 'form', 'survey', 'phone')),
  contact_id       uuid        references contacts on delete cascade,
  account_id       uuid        references accounts on delete set null,
  owner_id         uuid,
  product_id       uuid        references products on delete set null,
  order_id         uuid        references orders on delete set null,
  order_line_id    uuid        references order_lines on delete set null,
  reason_id        uuid        references reasons on delete set null,
  -- The case this one goes on from, when that was closed for too long.
  previous_id      uuid        references cases on delete set null,
  policy_version   int         not null default 0,
  calendar_version int         not null default 0,
  -- Derived from the targets that run: when the next one is due, and which.
  due_at           timestamptz,
  due_target       text,
  first_reply_at   timestamptz,
  -- The first message of the customer that nobody has answered yet.
  waiting_since    timestamptz,
  resolved_at      timestamptz,
  reopen_until     timestamptz,
  closed_at        timestamptz,
  dismissed_as     text        check (dismissed_as in ('spam', 'duplicate', 'out_of_scope', 'mistake')),
  reopened         int         not null default 0,
  opened_fact      uuid,
  -- The fact of the message that waits for an answer.
  asked_fact       uuid,
  version          int         not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  deleted_at       timestamptz
);
create index cases_by_contact on cases (contact_id, created_at) where contact_id is not null;
create index cases_by_account on cases (account_id, created_at) where account_id is not null;
create index cases_by_product on cases (product_id, created_at) where product_id is not null;
create index cases_by_order on cases (order_id) where order_id is not null;
create index cases_by_line on cases (order_line_id) where order_line_id is not null;
create index cases_by_reason on cases (reason_id, created_at) where reason_id is not null;
create index cases_by_previous on cases (previous_id) where previous_id is not null;
create index cases_by_due on cases (due_at, id);
create index cases_by_created on cases (created_at, id);
create index cases_by_updated on cases (updated_at, id);
create index cases_by_resolved on cases (resolved_at, id);
create index cases_unresolved on cases (owner_id, due_at) where status in ('open', 'waiting');
create index cases_to_close on cases (reopen_until) where status = 'resolved';
create index cases_search on cases using gin ((lower(number collate "und-x-icu")) collate "C" gin_trgm_ops, (lower(subject collate "und-x-icu")) collate "C" gin_trgm_ops);

create table case_messages (
  id          uuid        not null primary key,
  case_id     uuid        not null references cases on delete cascade,
  -- public: the customer reads it; note: never leaves the house; auto: written by Rondo, no answer of a person.
  kind        text        not null check (kind in ('public', 'note', 'auto')),
  -- Whether the customer wrote it.
  inbound     boolean     not null,
  author_id   uuid,
  author_name text        not null,
  body        text        not null check (length(body) between 1 and 20000),
  -- Where it went: the address of that moment, whoever the case belongs to later.
  to_address  text,
  message_id  text        unique,
  send_id     uuid,
  -- Why it did not leave.
  held        text,
  -- Given by the form it was sent with, so that sending twice saves once.
  form_key    text,
  -- The fact that tells of it, and what it changed, for taking it back.
  fact_id     uuid,
  was_status  text,
  at          timestamptz not null
);
create index case_messages_by_case on case_messages (case_id, at, id);
create unique index case_messages_once on case_messages (case_id, form_key) where form_key is not null;

-- Stretches in which clocks stand: while we wait for the customer, and between resolved and reopened.
create table case_pauses (
  case_id  uuid        not null references cases on delete cascade,
  why      text        not null check (why in ('waiting', 'resolved')),
  from_at  timestamptz not null,
  until_at timestamptz check (until_at >= from_at)
);
create index case_pauses_by_case on case_pauses (case_id, from_at);
create unique index case_pauses_running on case_pauses (case_id) where until_at is null;

-- A promise to this case, frozen with the rules and hours of the day it was made. The outcome follows from the times of events.
create table case_targets (
  id               uuid        not null primary key,
  case_id          uuid        not null references cases on delete cascade,
  kind             text        not null check (kind in ('first_response', 'next_response', 'resolution')),
  policy           text        not null,
  -- 0 for elapsed time, which knows no hours.
  calendar_version int         not null,
  clock            text        not null check (clock in ('business', 'elapsed')),
  pausable         boolean     not null,
  seconds          int         not null check (seconds > 0),
  started_at       timestamptz not null,
  -- Null while the clock stands.
  due_at           timestamptz,
  warn_at          timestamptz,
  ended_at         timestamptz,
  -- The message that ended it.
  ended_by         uuid,
  outcome          text        check (outcome in ('met', 'missed', 'cancelled')),
  -- Seconds of its clock after the due instant.
  late_by          int,
  warned_fact      uuid,
  breached_fact    uuid,
  check ((outcome is null) = (ended_at is null))
);
create unique index case_targets_running on case_targets (case_id, kind) where outcome is null;
create index case_targets_by_case on case_targets (case_id, started_at);
create index case_targets_to_warn on case_targets (warn_at) where outcome is null and warned_fact is null;
create index case_targets_to_breach on case_targets (due_at) where outcome is null and breached_fact is null;
