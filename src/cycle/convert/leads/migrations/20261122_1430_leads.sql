-- One row: how this company works its leads.
create table lead_settings (
  one            boolean not null primary key default true check (one),
  labels         jsonb   not null default '{}',
  respond_within int     not null default 14400 check (respond_within between 60 and 2592000), -- seconds of business hours
  -- Who takes turns; everybody who sells when null.
  pool           uuid[],
  version        int     not null default 1
);
insert into lead_settings default values;

create table lead_rules (
  version    int         not null primary key,
  rules      jsonb       not null,
  note       text        not null default '',
  actor_name text        not null,
  at         timestamptz not null
);

-- Who got a lead last: the one longest ago is next.
create table lead_turns (
  user_id uuid   not null primary key,
  turn    bigint not null
);
create sequence lead_turn;

create table leads (
  id                    uuid        not null primary key,
  contact_id            uuid        not null references contacts on delete cascade,
  account_id            uuid        references accounts on delete set null,
  name                  text        not null,
  status                text        not null default 'open' check (status in ('open', 'working', 'qualified', 'disqualified')),
  source                text        not null,
  campaign_id           uuid,
  form_id               uuid,
  interest              text,
  message               text,
  company               text,
  owner_id              uuid,
  asked_at              timestamptz not null,
  asks                  int         not null default 1,
  first_response_due    timestamptz,
  responded_at          timestamptz,
  score                 int         not null default 0,
  unqualified_reason_id uuid,
  unqualified_reason    text,
  recycle_at            timestamptz,
  qualified_at          timestamptz,
  closed_at             timestamptz,
  converted_at          timestamptz,
  opportunity_id        uuid,
  -- What conversion did, to undo exactly that.
  conversion            jsonb,
  opened_fact           uuid        not null,
  -- What the last move changed and told, to take back exactly that.
  undo                  jsonb,
  version               int         not null default 1,
  created_at            timestamptz not null default now(),
  updated_at            timestamptz not null default now(),
  deleted_at            timestamptz
);
-- A person has at most one open episode.
create unique index leads_open_by_contact on leads (contact_id) where status <> 'disqualified' and converted_at is null and deleted_at is null;
create index leads_by_contact on leads (contact_id, asked_at desc);
create index leads_by_account on leads (account_id);
create index leads_by_opportunity on leads (opportunity_id);
create index leads_by_reason on leads (unqualified_reason_id);
create index leads_by_asked on leads (asked_at, id);
create index leads_by_due on leads (first_response_due, id);
create index leads_by_score on leads (score, id);
create index leads_by_created on leads (created_at, id);
create index leads_by_updated on leads (updated_at, id);
create index leads_by_name on leads (name collate "und-x-icu", id);
create index leads_unanswered on leads (first_response_due, id) where responded_at is null and status = 'open' and deleted_at is null;
create index leads_recycled on leads (recycle_at, id) where status = 'disqualified' and deleted_at is null;
create index leads_search on leads using gin ((lower(name collate "und-x-icu")) collate "C" gin_trgm_ops);

-- Every change of a contribution: a lead's score is the sum of its rows, always.
create table lead_points (
  id        bigint      generated always as identity primary key,
  lead_id   uuid        not null references leads on delete cascade,
  key       text        not null,
  label     text        not null,
  points    int         not null,
  how       text        not null check (how in ('opened', 'fact', 'time', 'rules')),
  caused_by uuid,
  at        timestamptz not null
);
create index lead_points_by_lead on lead_points (lead_id, id);

-- When time alone will next change a score.
create table lead_flips (
  lead_id uuid        not null primary key references leads on delete cascade,
  due_at  timestamptz not null
);
create index lead_flips_by_due on lead_flips (due_at);
