create table improvements (
  id                 uuid        not null primary key,
  name               text        not null check (length(name) between 1 and 200),
  insight_id         uuid        references insights,
  -- The improvement this one repeats or changes.
  repeats_id         uuid        references improvements,
  hypothesis         text,
  kind               text        not null default 'other' check (kind in ('product', 'process', 'message', 'price', 'service', 'other')),
  owner_id           uuid,
  -- Minor units of the workspace's currency.
  cost_amount        bigint      check (cost_amount >= 0),
  state              text        not null default 'draft' check (state in ('draft', 'running', 'review', 'done', 'stopped')),
  -- Who, what is counted, how it is compared, the smallest effect that matters. Never changed once it started.
  plan               jsonb       not null,
  -- What was known at the start: the baseline, the size it takes, the inflow.
  size               jsonb,
  start_at           timestamptz check ((start_at is null) = (state = 'draft')),
  review_at          timestamptz,
  verdict            text        check (verdict in ('worked', 'no_effect', 'worse', 'too_early')),
  next_step          text        check (next_step in ('keep', 'stop', 'change', 'repeat')),
  stop_reason        text,
  treated_segment_id uuid        references segments on delete set null,
  held_segment_id    uuid        references segments on delete set null,
  started_fact       uuid,
  version            int         not null default 1,
  created_at         timestamptz not null default now(),
  updated_at         timestamptz not null default now(),
  deleted_at         timestamptz,
  check (review_at > start_at)
);
create index improvements_by_insight on improvements (insight_id) where insight_id is not null;
create index improvements_by_repeats on improvements (repeats_id) where repeats_id is not null;
create index improvements_by_owner on improvements (owner_id) where owner_id is not null;
create index improvements_by_treated on improvements (treated_segment_id) where treated_segment_id is not null;
create index improvements_by_held on improvements (held_segment_id) where held_segment_id is not null;
create index improvements_by_review on improvements (review_at, id);
create index improvements_by_start on improvements (start_at, id);
create index improvements_by_name on improvements (name collate "und-x-icu", id);
create index improvements_by_updated on improvements (updated_at, id);
create index improvements_by_created on improvements (created_at, id);
create index improvements_search on improvements using gin ((lower(name collate "und-x-icu")) collate "C" gin_trgm_ops);

-- Who was put into which arm, when and by which fact: the log the analysis rests on, whatever happens to them later.
create table improvement_people (
  improvement_id uuid        not null references improvements,
  contact_id     uuid        not null references contacts on delete cascade,
  arm            text        not null check (arm in ('treated', 'held')),
  exposed_at     timestamptz not null,
  fact_id        uuid        not null,
  primary key (improvement_id, contact_id)
);
create index improvement_people_by_contact on improvement_people (contact_id);

create table measurements (
  id             uuid        not null primary key,
  improvement_id uuid        not null references improvements,
  at             timestamptz not null,
  -- The review it answers; null for a look in between.
  review_at      timestamptz,
  verdict        text        check (verdict in ('worked', 'no_effect', 'worse', 'too_early')),
  -- Arms, effect with interval, split, rule: as it was reckoned then.
  result         jsonb       not null,
  fact_id        uuid,
  unique (improvement_id, review_at)
);
create index measurements_by_time on measurements (improvement_id, at);

-- Who was told what we made of what they said; one row a person, whoever presses how often.
create table announcements (
  improvement_id uuid        not null references improvements,
  contact_id     uuid        not null references contacts on delete cascade,
  send_id        uuid,
  fact_id        uuid        not null,
  told_at        timestamptz not null,
  primary key (improvement_id, contact_id)
);
create index announcements_by_contact on announcements (contact_id);
