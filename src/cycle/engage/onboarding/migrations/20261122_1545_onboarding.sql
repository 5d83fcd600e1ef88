-- What a new customer and we do, step by step, until they have what they came for.
create table onboarding_plans (
  id            uuid        not null primary key,
  name          text        not null check (length(name) between 1 and 200),
  -- Null: whatever they buy, with their first order.
  product_id    uuid        references products on delete set null,
  for_whom      text        not null default 'everybody' check (for_whom in ('everybody', 'people', 'companies')),
  starts_on     text        not null default 'paid' check (starts_on in ('placed', 'paid', 'delivered', 'hand')),
  -- Orders before this instant start nothing.
  since         timestamptz not null,
  intro         text,
  invites       boolean     not null default true,
  -- Business days without progress after which it stalls.
  stalled_days  int         not null default 5 check (stalled_days between 1 and 60),
  active        boolean     not null default true,
  design        jsonb       not null,
  steps_version int         not null default 1,
  step_count    int         not null default 0,
  run_count     int         not null default 0,
  version       int         not null default 1,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  deleted_at    timestamptz
);
create unique index onboarding_plans_by_name on onboarding_plans (lower(name)) where deleted_at is null;
create index onboarding_plans_by_product on onboarding_plans (product_id) where product_id is not null;
create index onboarding_plans_by_sorted_name on onboarding_plans (name collate "und-x-icu", id);
create index onboarding_plans_by_created on onboarding_plans (created_at, id);
create index onboarding_plans_by_updated on onboarding_plans (updated_at, id);
create index onboarding_plans_search on onboarding_plans using gin ((lower(name collate "und-x-icu")) collate "C" gin_trgm_ops);

-- The steps as they were in each version; whoever began with one stays with it.
create table onboarding_plan_versions (
  plan_id uuid        not null references onboarding_plans on delete cascade,
  version int         not null,
  steps   jsonb       not null,
  at      timestamptz not null,
  primary key (plan_id, version)
);

create table onboardings (
  id               uuid        not null primary key,
  plan_id          uuid        not null,
  plan_version     int         not null,
  -- Its name when it began.
  plan             text        not null,
  product_id       uuid        references products on delete set null,
  contact_id       uuid        references contacts on delete cascade,
  account_id       uuid        references accounts on delete cascade,
  order_id         uuid        references orders on delete set null,
  owner_id         uuid,
  status           text        not null default 'running' check (status in ('running', 'stalled', 'completed', 'ended')),
  percent          int         not null default 0 check (percent between 0 and 100),
  done_count       int         not null default 0,
  step_count       int         not null,
  -- Where it stands: the first required step that waits for somebody, counted from 1.
  current_step     text,
  current_position int,
  stalled_days     int         not null,
  started_at       timestamptz not null,
  last_progress_at timestamptz not null,
  -- The last progress while it is unfinished, so that who waits longest stands first.
  waiting_since    timestamptz,
  stall_at         timestamptz,
  stalled_at       timestamptz,
  value_at         timestamptz,
  completed_at     timestamptz,
  ended_at         timestamptz,
  end_reason       text,
  start_fact       uuid,
  last_fact        uuid,
  value_fact       uuid,
  completed_fact   uuid,
  version          int         not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  deleted_at       timestamptz,
  foreign key (plan_id, plan_version) references onboarding_plan_versions,
  unique (plan_id, order_id),
  check (contact_id is not null or account_id is not null)
);
-- One unfinished onboarding for a customer and a product; without a product, for the plan.
create unique index onboardings_one_active on onboardings (coalesce(contact_id, account_id), coalesce(product_id, plan_id)) where status in ('running', 'stalled');
create index onboardings_by_version on onboardings (plan_id, plan_version);
create index onboardings_by_product on onboardings (product_id) where product_id is not null;
create index onboardings_by_contact on onboardings (contact_id) where contact_id is not null;
create index onboardings_by_account on onboardings (account_id) where account_id is not null;
create index onboardings_by_order on onboardings (order_id) where order_id is not null;
create index onboardings_by_stall on onboardings (stall_at) where status = 'running';
create index onboardings_by_waiting on onboardings (waiting_since, id);
create index onboardings_by_started on onboardings (started_at, id);
create index onboardings_by_created on onboardings (created_at, id);
create index onboardings_by_updated on onboardings (updated_at, id);
create index onboardings_search on onboardings using gin ((lower(plan collate "und-x-icu")) collate "C" gin_trgm_ops);

create table onboarding_steps (
  onboarding_id   uuid        not null references onboardings on delete cascade,
  key             text        not null,
  position        int         not null,
  title           text        not null,
  help            text        not null default '',
  owner           text        not null check (owner in ('us', 'customer')),
  kind            text        not null check (kind in ('manual', 'fact', 'answer')),
  question        text        not null default '',
  done_when       jsonb,
  -- The fact that done_when asks for, so that others are passed over.
  fact_name       text,
  depends_on      text[]      not null default '{}',
  due_days        int,
  due_from        text        not null default 'start' check (due_from in ('start', 'ready')),
  weight          int         not null,
  required        boolean     not null,
  first_value     boolean     not null,
  state           text        not null check (state in ('blocked', 'ready', 'in_progress', 'done', 'skipped', 'not_applicable')),
  ready_at        timestamptz,
  due_at          timestamptz,
  done_at         timestamptz,
  -- Who said so; for a fact, whoever it tells of.
  done_by         text,
  answer          text,
  reason          text,
  evidence_fact   uuid,
  done_fact       uuid,
  contradicted_at timestamptz,
  primary key (onboarding_id, key)
);
create index onboarding_steps_by_evidence on onboarding_steps (evidence_fact) where evidence_fact is not null and contradicted_at is null;
create index onboarding_steps_due on onboarding_steps (due_at) where state in ('ready', 'in_progress');
