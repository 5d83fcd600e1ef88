create table accounts (
  id              uuid        not null primary key,
  name            text        not null check (length(name) between 1 and 200),
  domain          text,
  industry        text,
  phone           text,
  phone_e164      text,
  website         text,
  country         text,
  city            text,
  source          text        not null default 'by hand',
  is_vendor       boolean     not null default false,
  owner_id        uuid,
  lifecycle_stage text        not null default 'identified',
  lifecycle_since timestamptz not null default now(),
  -- Traits: derived from facts by the lifecycle consumer; money in minor units of the workspace's currency.
  order_count     int         not null default 0,
  paid_total      bigint      not null default 0,
  returned_total  bigint      not null default 0,
  first_order_at  timestamptz,
  last_order_at   timestamptz,
  usual_gap_days  real,
  last_act        text,
  custom          jsonb       not null default '{}',
  version         int         not null default 1,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  deleted_at      timestamptz
);

create table contacts (
  id              uuid        not null primary key,
  name            text        not null check (length(name) between 1 and 200),
  given_name      text,
  family_name     text,
  email           text,
  phone           text,
  phone_e164      text,
  job_title       text,
  account_id      uuid        references accounts,
  country         text,
  city            text,
  language        text,
  source          text        not null default 'by hand',
  owner_id        uuid,
  lifecycle_stage text        not null default 'identified',
  lifecycle_since timestamptz not null default now(),
  order_count     int         not null default 0,
  paid_total      bigint      not null default 0,
  returned_total  bigint      not null default 0,
  first_order_at  timestamptz,
  last_order_at   timestamptz,
  usual_gap_days  real,
  last_act        text,
  custom          jsonb       not null default '{}',
  version         int         not null default 1,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  deleted_at      timestamptz
);

-- One index per sortable column serves both directions; trashed records keep their place but are filtered out.
create index accounts_by_name on accounts (name collate "und-x-icu", id);
create index accounts_by_created on accounts (created_at, id);
create index accounts_by_updated on accounts (updated_at, id);
create index accounts_by_paid on accounts (paid_total, id);
create index accounts_by_stage on accounts (lifecycle_stage, lifecycle_since);
create index accounts_by_domain on accounts (lower(domain)) where domain is not null;
create index accounts_by_lower_name on accounts (lower(name));
create index accounts_search on accounts using gin ((lower(name collate "und-x-icu")) collate "C" gin_trgm_ops, (lower(domain collate "und-x-icu")) collate "C" gin_trgm_ops);

create unique index contacts_by_email on contacts (lower(email)) where email is not null and deleted_at is null;
create index contacts_by_lower_name on contacts (lower(name)) where email is null and phone_e164 is null;
create index contacts_by_phone on contacts (phone_e164) where phone_e164 is not null;
create index contacts_by_account on contacts (account_id) where account_id is not null;
create index contacts_by_name on contacts (name collate "und-x-icu", id);
create index contacts_by_created on contacts (created_at, id);
create index contacts_by_updated on contacts (updated_at, id);
create index contacts_by_paid on contacts (paid_total, id);
create index contacts_by_last_order on contacts (last_order_at, id);
create index contacts_by_stage on contacts (lifecycle_stage, lifecycle_since);
create index contacts_search on contacts using gin ((lower(name collate "und-x-icu")) collate "C" gin_trgm_ops, (lower(email collate "und-x-icu")) collate "C" gin_trgm_ops);

-- Rules are data; each version is kept, the newest applied one decides.
create table lifecycle_rules (
  version    int         not null primary key,
  rules      jsonb       not null,
  note       text        not null default '',
  created_by text        not null,
  created_at timestamptz not null default now()
);

create table lifecycle_transitions (
  id            uuid        not null primary key,
  subject       text        not null check (subject in ('contact', 'account')),
  subject_id    uuid        not null,
  -- Null: became known. Every story begins so.
  from_stage    text,
  to_stage      text        not null,
  at            timestamptz not null,
  rule_version  int         not null,
  rule          text        not null,
  -- Facts that made it true; for a silence, those it is measured from.
  evidence      uuid[]      not null,
  by_time       boolean     not null,
  reason        text        not null,
  -- The fact that tells of it; of becoming known the first fact of the story.
  fact_id       uuid        not null,
  recorded_at   timestamptz not null default now(),
  withdrawn_at  timestamptz
);
create index lifecycle_transitions_by_subject on lifecycle_transitions (subject_id, at, id) where withdrawn_at is null;
create index lifecycle_transitions_by_time on lifecycle_transitions (subject, at) where withdrawn_at is null;
create index lifecycle_transitions_by_fact on lifecycle_transitions (fact_id);

-- How far each story is walked, by which rules, and when time alone may go on with it: cost grows with moves, not with customers.
create table lifecycle_walks (
  subject_id   uuid        not null primary key,
  subject      text        not null check (subject in ('contact', 'account')),
  walked_until timestamptz not null,
  rule_version int         not null,
  fact_count   int         not null,
  due_at       timestamptz
);
create index lifecycle_walks_due on lifecycle_walks (due_at) where due_at is not null;

-- When one of the company's own acts (a survey, an announced improvement) became the last thing that happened, and when it ceased to be.
create table lifecycle_acts (
  subject_id uuid        not null,
  subject    text        not null,
  at         timestamptz not null,
  position   int         not null,
  act        text,
  primary key (subject_id, position)
);

create table lenses (
  key      text not null primary key,
  name     text not null,
  steps    jsonb not null,
  position int  not null
);

-- Money of a period is added up from the facts themselves.
create index facts_of_money on facts (occurred_at) where name in ('order.paid', 'payment.received', 'payment.refunded');
create index facts_of_referrals on facts (occurred_at) where name = 'referral.made';
