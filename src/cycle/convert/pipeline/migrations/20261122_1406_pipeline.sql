create table pipelines (
  id         uuid        not null primary key,
  name       text        not null check (length(name) between 1 and 200),
  is_default boolean     not null default false,
  version    int         not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index pipelines_by_default on pipelines (is_default) where is_default and deleted_at is null;
create index pipelines_by_name on pipelines (name collate "und-x-icu", id);

create table pipeline_stages (
  id              uuid        not null primary key,
  pipeline_id     uuid        not null references pipelines on delete cascade,
  name            text        not null check (length(name) between 1 and 100),
  position        int         not null,
  category        text        not null check (category in ('open', 'won', 'lost')),
  -- Percent.
  probability     int         not null check (probability between 0 and 100),
  -- So long, in days, an opportunity should stand here at most, and so long without a step before it goes cold.
  target_days     int         check (target_days between 1 and 3650),
  rotting_days    int         check (rotting_days between 1 and 3650),
  -- Fields of the opportunity that must be filled to come here.
  required_fields text[]      not null default '{}',
  version         int         not null default 1,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  deleted_at      timestamptz
);
create index pipeline_stages_by_pipeline on pipeline_stages (pipeline_id, position);

create table opportunities (
  id             uuid        not null primary key,
  name           text        not null check (length(name) between 1 and 200),
  contact_id     uuid        references contacts,
  account_id     uuid        references accounts,
  owner_id       uuid,
  pipeline_id    uuid        not null references pipelines,
  stage_id       uuid        not null references pipeline_stages,
  -- The category of its stage.
  status         text        not null default 'open' check (status in ('open', 'won', 'lost')),
  type           text        not null default 'new' check (type in ('new', 'upsell', 'cross_sell', 'renewal', 'win_back')),
  -- Minor units: the sum of its lines when it has some.
  amount         bigint      not null default 0 check (amount >= 0),
  currency       text        not null,
  -- Workspace currency per unit of its currency, and the same per minor unit.
  rate           numeric     not null default 1 check (rate > 0),
  to_base        numeric     not null default 1 check (to_base > 0),
  base_amount    bigint      not null default 0,
  -- Percent: the stage's, unless somebody set another one while it stands there.
  probability    int         not null check (probability between 0 and 100),
  own_probability boolean    not null default false,
  expected_close date,
  closed_at      timestamptz check ((closed_at is null) = (status = 'open')),
  lost_reason_id uuid        references reasons,
  next_step      text,
  next_step_at   date,
  description    text,
  -- When it came to its stage, and when somebody last did something about it.
  stage_since    timestamptz not null,
  touched_at     timestamptz not null,
  lead_id        uuid,
  -- The fact it came from, and the facts that told of its opening and its latest end.
  source_fact    uuid,
  opened_fact    uuid,
  closed_fact    uuid,
  line_count     int         not null default 0,
  custom         jsonb       not null default '{}',
  version        int         not null default 1,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  deleted_at     timestamptz
);
create index opportunities_by_stage on opportunities (stage_id, stage_since);
create index opportunities_by_pipeline on opportunities (pipeline_id);
create index opportunities_by_contact on opportunities (contact_id, created_at) where contact_id is not null;
create index opportunities_by_account on opportunities (account_id, created_at) where account_id is not null;
create index opportunities_by_owner on opportunities (owner_id) where owner_id is not null;
create index opportunities_by_reason on opportunities (lost_reason_id) where lost_reason_id is not null;
create index opportunities_by_lead on opportunities (lead_id) where lead_id is not null;
create index opportunities_open on opportunities (touched_at) where status = 'open' and deleted_at is null;
create index opportunities_by_name on opportunities (name collate "und-x-icu", id);
create index opportunities_by_amount on opportunities (base_amount, id);
create index opportunities_by_close on opportunities (expected_close, id);
create index opportunities_by_closed on opportunities (closed_at, id);
create index opportunities_by_since on opportunities (stage_since, id);
create index opportunities_by_created on opportunities (created_at, id);
create index opportunities_by_updated on opportunities (updated_at, id);
create index opportunities_search on opportunities using gin ((lower(name collate "und-x-icu")) collate "C" gin_trgm_ops);

create table opportunity_lines (
  id             uuid    not null primary key,
  opportunity_id uuid    not null references opportunities on delete cascade,
  position       int     not null,
  product_id     uuid    references products on delete set null,
  description    text    not null,
  quantity       numeric not null check (quantity > 0),
  -- Major units; kept as it was when the line was written, whatever the list says later.
  unit_price     numeric not null check (unit_price >= 0),
  total          bigint  not null check (total >= 0),
  -- Where the price came from: a list entry; none for the product's own price and for one that a person gave.
  price_entry_id uuid    references price_entries on delete set null,
  unique (opportunity_id, position)
);
create index opportunity_lines_by_product on opportunity_lines (product_id) where product_id is not null;
create index opportunity_lines_by_entry on opportunity_lines (price_entry_id) where price_entry_id is not null;

-- From when to when an opportunity stood in a stage.
create table stage_spells (
  id             uuid        not null primary key,
  opportunity_id uuid        not null references opportunities on delete cascade,
  stage_id       uuid        not null references pipeline_stages,
  entered_at     timestamptz not null,
  left_at        timestamptz check (left_at >= entered_at),
  actor_name     text        not null
);
create unique index stage_spells_now on stage_spells (opportunity_id) where left_at is null;
create index stage_spells_by_opportunity on stage_spells (opportunity_id, entered_at);
create index stage_spells_by_stage on stage_spells (stage_id);
