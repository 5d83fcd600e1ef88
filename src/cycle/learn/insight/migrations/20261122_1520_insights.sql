-- What customers say again and again: reasons of the one taxonomy, and words in what they wrote.
create table themes (
  id            uuid        not null primary key,
  name          text        not null check (length(name) between 1 and 200),
  description   text,
  -- { reason_ids, rules: [{ any, all, none }] }
  definition    jsonb       not null,
  -- Grows with the definition; mentions carry the one they were found by.
  rules_version int         not null default 1,
  active        boolean     not null default true,
  built_at      timestamptz,
  version       int         not null default 1,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  deleted_at    timestamptz
);
create unique index themes_by_lower_name on themes (lower(name)) where deleted_at is null;
create index themes_by_name on themes (name collate "und-x-icu", id);
create index themes_by_updated on themes (updated_at, id);
create index themes_by_created on themes (created_at, id);
create index themes_search on themes using gin ((lower(name collate "und-x-icu")) collate "C" gin_trgm_ops);

-- One row a theme and a case, return, refund, answer: told by its fact. Facts and orders may be taken away for good; then nothing joins.
create table theme_mentions (
  theme_id    uuid        not null references themes,
  key         text        not null,
  fact_id     uuid        not null,
  name        text        not null,
  occurred_at timestamptz not null,
  contact_id  uuid        references contacts on delete cascade,
  account_id  uuid        references accounts on delete set null,
  order_id    uuid,
  product_id  uuid        references products on delete set null,
  return_id   uuid,
  -- What the fact itself says was lost, in minor units of the workspace's currency.
  base_amount bigint      not null default 0,
  said        text,
  rules_version int       not null,
  primary key (theme_id, key)
);
create index theme_mentions_by_time on theme_mentions (theme_id, occurred_at);
create index theme_mentions_by_contact on theme_mentions (contact_id, occurred_at) where contact_id is not null;
create index theme_mentions_by_account on theme_mentions (account_id) where account_id is not null;
create index theme_mentions_by_product on theme_mentions (product_id) where product_id is not null;

create table insights (
  id            uuid        not null primary key,
  name          text        not null check (length(name) between 1 and 200),
  statement     text,
  -- { kind: theme | link | segment, ... }
  about         jsonb       not null,
  kind          text        not null check (kind in ('theme', 'link', 'segment')),
  theme_id      uuid        references themes check ((theme_id is not null) = (kind = 'theme')),
  segment_id    uuid        references segments on delete set null,
  owner_id      uuid,
  state         text        not null default 'open' check (state in ('open', 'in_improvement', 'closed')),
  closed_reason text,
  -- What was known when it was found: the question, the figures, their time. Never changed.
  evidence      jsonb       not null,
  people        int         not null default 0,
  at_stake      bigint      not null default 0,
  proposed      boolean     not null default false,
  found_at      timestamptz not null,
  found_fact    uuid        not null,
  version       int         not null default 1,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  deleted_at    timestamptz
);
create index insights_by_theme on insights (theme_id) where theme_id is not null;
create index insights_by_segment on insights (segment_id) where segment_id is not null;
create index insights_by_owner on insights (owner_id) where owner_id is not null;
create index insights_by_found on insights (found_at, id);
create index insights_by_name on insights (name collate "und-x-icu", id);
create index insights_by_stake on insights (at_stake, id);
create index insights_by_people on insights (people, id);
create index insights_by_updated on insights (updated_at, id);
create index insights_by_created on insights (created_at, id);
create index insights_search on insights using gin ((lower(name collate "und-x-icu")) collate "C" gin_trgm_ops);

-- Whose mentions are its evidence; `later`: they raised it after it was found.
create table insight_people (
  insight_id  uuid        not null references insights,
  contact_id  uuid        not null references contacts on delete cascade,
  fact_ids    uuid[]      not null,
  mentions    int         not null,
  said_at     timestamptz not null,
  later       boolean     not null default false,
  joined_fact uuid        not null,
  primary key (insight_id, contact_id)
);
create index insight_people_by_contact on insight_people (contact_id);

-- A theme that was proposed and waved away; it is not proposed again before then.
create table proposals_put_off (
  theme_id uuid        not null primary key references themes,
  until    timestamptz not null,
  by_name  text        not null
);
