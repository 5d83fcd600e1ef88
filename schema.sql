-- Written by `npm run rondo -- schema`; do not edit.

-- Schema rondo

create table api_keys (
  id uuid not null,
  workspace_id uuid not null,
  name text not null,
  role text not null,
  token_hash bytea not null,
  hint text not null,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone
);

create table audit (
  id uuid not null,
  workspace_id uuid not null,
  actor_kind text not null,
  actor_id text,
  actor_name text not null,
  act text not null,
  detail jsonb not null default '{}'::jsonb,
  at timestamp with time zone not null
);

create table idempotency_keys (
  workspace_id uuid not null,
  actor text not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  answer text,
  created_at timestamp with time zone not null default now()
);

create table invitations (
  id uuid not null,
  workspace_id uuid not null,
  email text not null,
  role text not null,
  token_hash bytea not null,
  invited_by uuid,
  inviter text not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone
);

create table members (
  workspace_id uuid not null,
  user_id uuid not null,
  role text not null,
  joined_at timestamp with time zone not null default now()
);

create table migrations (
  name text not null,
  hash text not null,
  applied_at timestamp with time zone not null default now()
);

create table rate_limits (
  bucket text not null,
  tokens double precision not null,
  filled_at timestamp with time zone not null
);

create table sessions (
  id uuid not null,
  user_id uuid not null,
  token text not null,
  expires_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now()
);

create table settings (
  key text not null,
  value jsonb not null
);

create table sign_ins (
  id uuid not null,
  user_id uuid not null,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now()
);

create table users (
  id uuid not null,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now()
);

create table verifications (
  id uuid not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now()
);

create table workspaces (
  id uuid not null,
  schema text not null,
  name text not null,
  currency text not null,
  time_zone text not null,
  locale text not null default 'en'::text,
  lens text not null default 'seven_stages'::text,
  version integer not null default 1,
  created_at timestamp with time zone not null default now()
);
alter table api_keys add constraint api_keys_token_hash_key UNIQUE (token_hash);
alter table api_keys add constraint api_keys_pkey PRIMARY KEY (id);
alter table api_keys add constraint api_keys_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL;
alter table api_keys add constraint api_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table api_keys add constraint api_keys_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'manager'::text, 'agent'::text, 'viewer'::text])));
alter table audit add constraint audit_pkey PRIMARY KEY (id);
alter table audit add constraint audit_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table idempotency_keys add constraint idempotency_keys_pkey PRIMARY KEY (workspace_id, actor, key);
alter table idempotency_keys add constraint idempotency_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table invitations add constraint invitations_token_hash_key UNIQUE (token_hash);
alter table invitations add constraint invitations_pkey PRIMARY KEY (id);
alter table invitations add constraint invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES users(id) ON DELETE SET NULL;
alter table invitations add constraint invitations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table invitations add constraint invitations_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'manager'::text, 'agent'::text, 'viewer'::text])));
alter table members add constraint members_pkey PRIMARY KEY (workspace_id, user_id);
alter table members add constraint members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
alter table members add constraint members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE;
alter table members add constraint members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'manager'::text, 'agent'::text, 'viewer'::text])));
alter table migrations add constraint migrations_pkey PRIMARY KEY (name);
alter table rate_limits add constraint rate_limits_pkey PRIMARY KEY (bucket);
alter table sessions add constraint sessions_token_key UNIQUE (token);
alter table sessions add constraint sessions_pkey PRIMARY KEY (id);
alter table sessions add constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
alter table settings add constraint settings_pkey PRIMARY KEY (key);
alter table sign_ins add constraint sign_ins_pkey PRIMARY KEY (id);
alter table sign_ins add constraint sign_ins_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;
alter table users add constraint users_pkey PRIMARY KEY (id);
alter table verifications add constraint verifications_pkey PRIMARY KEY (id);
alter table workspaces add constraint workspaces_schema_key UNIQUE (schema);
alter table workspaces add constraint workspaces_pkey PRIMARY KEY (id);
alter table workspaces add constraint workspaces_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table workspaces add constraint workspaces_schema_check CHECK ((schema ~ '^w_[0-9a-f]{12}$'::text));

CREATE INDEX api_keys_by_workspace ON api_keys USING btree (workspace_id, id);

CREATE INDEX audit_by_workspace ON audit USING btree (workspace_id, id);

CREATE INDEX invitations_by_workspace ON invitations USING btree (workspace_id, id);

CREATE UNIQUE INDEX invitations_open ON invitations USING btree (workspace_id, email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));

CREATE INDEX members_by_user ON members USING btree (user_id);

CREATE INDEX sessions_by_user ON sessions USING btree (user_id);

CREATE INDEX sign_ins_by_user ON sign_ins USING btree (user_id);

CREATE UNIQUE INDEX users_by_email ON users USING btree (email);

CREATE INDEX verifications_by_identifier ON verifications USING btree (identifier);

-- Schema of a workspace

create sequence order_numbers start 1001;

create sequence payment_numbers start 1;

create sequence return_numbers start 1;

create table accounts (
  id uuid not null,
  name text not null,
  domain text,
  industry text,
  phone text,
  phone_e164 text,
  website text,
  country text,
  city text,
  source text not null default 'by hand'::text,
  is_vendor boolean not null default false,
  owner_id uuid,
  lifecycle_stage text not null default 'identified'::text,
  lifecycle_since timestamp with time zone not null default now(),
  order_count integer not null default 0,
  paid_total bigint not null default 0,
  returned_total bigint not null default 0,
  first_order_at timestamp with time zone,
  last_order_at timestamp with time zone,
  usual_gap_days real,
  last_act text,
  custom jsonb not null default '{}'::jsonb,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table change_sets (
  id uuid not null,
  at timestamp with time zone not null default now(),
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  job_id uuid,
  reason text
);

create table changes (
  set_id uuid not null,
  object text not null,
  record_id uuid not null,
  action text not null,
  fields jsonb
);

create table consumers (
  name text not null,
  epoch integer not null default 0,
  tx bigint not null default 0,
  seq bigint not null default 0,
  facts_seen bigint not null default 0,
  failure text,
  moved_at timestamp with time zone not null default now()
);

create table contacts (
  id uuid not null,
  name text not null,
  given_name text,
  family_name text,
  email text,
  phone text,
  phone_e164 text,
  job_title text,
  account_id uuid,
  country text,
  city text,
  language text,
  source text not null default 'by hand'::text,
  owner_id uuid,
  lifecycle_stage text not null default 'identified'::text,
  lifecycle_since timestamp with time zone not null default now(),
  order_count integer not null default 0,
  paid_total bigint not null default 0,
  returned_total bigint not null default 0,
  first_order_at timestamp with time zone,
  last_order_at timestamp with time zone,
  usual_gap_days real,
  last_act text,
  custom jsonb not null default '{}'::jsonb,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table external_ids (
  object text not null,
  system text not null,
  external_id text not null,
  record_id uuid not null
);

create table fact_withdrawals (
  fact_id uuid not null,
  withdrawn_by uuid not null,
  withdrawn_at timestamp with time zone not null default now()
);

create table facts (
  id uuid not null,
  name text not null,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null default now(),
  contact_id uuid,
  account_id uuid,
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  caused_by uuid,
  campaign_id uuid,
  payload jsonb not null,
  epoch integer not null,
  tx bigint not null default ((pg_current_xact_id())::text)::bigint,
  seq bigint not null generated always as identity
);

create table import_failures (
  import_id uuid not null,
  row bigint not null,
  problems jsonb not null,
  cells jsonb
);

create table import_rows (
  import_id uuid not null,
  key text not null,
  unit text not null,
  row bigint not null,
  data text not null
);

create table imports (
  id uuid not null,
  object text not null,
  file_name text not null,
  path text not null,
  bytes bigint not null,
  sha256 text not null,
  format jsonb,
  mapping jsonb,
  options jsonb,
  job_id uuid,
  created_by uuid,
  created_at timestamp with time zone not null default now()
);

create table jobs (
  id uuid not null,
  kind text not null,
  title text not null,
  state text not null default 'queued'::text,
  done bigint not null default 0,
  total bigint,
  failed bigint not null default 0,
  reason text,
  input jsonb not null default '{}'::jsonb,
  progress jsonb not null default '{}'::jsonb,
  result jsonb,
  attempts integer not null default 0,
  created_by uuid,
  actor jsonb not null,
  created_at timestamp with time zone not null default now(),
  started_at timestamp with time zone,
  heartbeat_at timestamp with time zone,
  finished_at timestamp with time zone,
  lease integer not null default 0
);

create table lenses (
  key text not null,
  name text not null,
  steps jsonb not null,
  position integer not null
);

create table lifecycle_acts (
  subject_id uuid not null,
  subject text not null,
  at timestamp with time zone not null,
  position integer not null,
  act text
);

create table lifecycle_rules (
  version integer not null,
  rules jsonb not null,
  note text not null default ''::text,
  created_by text not null,
  created_at timestamp with time zone not null default now()
);

create table lifecycle_transitions (
  id uuid not null,
  subject text not null,
  subject_id uuid not null,
  from_stage text,
  to_stage text not null,
  at timestamp with time zone not null,
  rule_version integer not null,
  rule text not null,
  evidence uuid[] not null,
  by_time boolean not null,
  reason text not null,
  fact_id uuid not null,
  recorded_at timestamp with time zone not null default now(),
  withdrawn_at timestamp with time zone
);

create table lifecycle_walks (
  subject_id uuid not null,
  subject text not null,
  walked_until timestamp with time zone not null,
  rule_version integer not null,
  fact_count integer not null,
  due_at timestamp with time zone
);

create table migrations (
  name text not null,
  hash text not null,
  applied_at timestamp with time zone not null default now()
);

create table order_lines (
  id uuid not null,
  order_id uuid not null,
  position integer not null,
  product_id uuid,
  description text not null,
  quantity numeric not null,
  returned_quantity numeric not null default 0,
  unit_price numeric not null,
  total bigint not null
);

create table orders (
  id uuid not null,
  number text not null,
  contact_id uuid,
  account_id uuid,
  currency text not null,
  rate numeric not null default 1,
  to_base numeric not null default 1,
  placed_at timestamp with time zone not null,
  cancelled_at timestamp with time zone,
  cancel_reason text,
  source text not null default 'by hand'::text,
  country text,
  line_count integer not null default 0,
  total bigint not null default 0,
  base_total bigint not null default 0,
  paid bigint not null default 0,
  refunded bigint not null default 0,
  returned bigint not null default 0,
  status text not null default 'open'::text,
  payment_status text not null default 'unpaid'::text,
  return_status text not null default 'none'::text,
  placed_fact uuid,
  custom jsonb not null default '{}'::jsonb,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table payments (
  id uuid not null,
  number text not null,
  order_id uuid not null,
  contact_id uuid,
  account_id uuid,
  kind text not null,
  amount bigint not null,
  currency text not null,
  base_amount bigint not null,
  method text not null default 'other'::text,
  reference text,
  received_at timestamp with time zone not null,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table products (
  id uuid not null,
  name text not null,
  sku text,
  category text,
  description text,
  vendor_id uuid,
  price bigint,
  currency text,
  active boolean not null default true,
  custom jsonb not null default '{}'::jsonb,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table return_lines (
  id uuid not null,
  return_id uuid not null,
  position integer not null,
  order_line_id uuid,
  product_id uuid,
  description text not null,
  quantity numeric not null,
  unit_price numeric not null,
  total bigint not null
);

create table returns (
  id uuid not null,
  number text not null,
  order_id uuid,
  contact_id uuid,
  account_id uuid,
  currency text not null,
  rate numeric not null default 1,
  returned_at timestamp with time zone not null,
  reason text,
  source text not null default 'by hand'::text,
  line_count integer not null,
  total bigint not null,
  base_total bigint not null,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table segment_days (
  segment_id uuid not null,
  day date not null,
  came integer not null default 0,
  went integer not null default 0
);

create table segment_flips (
  segment_id uuid not null,
  contact_id uuid not null,
  due_at timestamp with time zone not null
);

create table segment_members (
  segment_id uuid not null,
  contact_id uuid not null,
  entered_at timestamp with time zone not null
);

create table segments (
  id uuid not null,
  name text not null,
  description text,
  kind text not null,
  active boolean not null default true,
  condition jsonb,
  member_count integer not null default 0,
  built_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table timeline_state (
  only_row boolean not null default true,
  epoch integer not null,
  server text not null
);
alter table accounts add constraint accounts_pkey PRIMARY KEY (id);
alter table accounts add constraint accounts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table change_sets add constraint change_sets_pkey PRIMARY KEY (id);
alter table changes add constraint changes_pkey PRIMARY KEY (record_id, set_id, object);
alter table changes add constraint changes_set_id_fkey FOREIGN KEY (set_id) REFERENCES change_sets(id);
alter table changes add constraint changes_action_check CHECK ((action = ANY (ARRAY['created'::text, 'updated'::text, 'trashed'::text, 'restored'::text])));
alter table consumers add constraint consumers_pkey PRIMARY KEY (name);
alter table contacts add constraint contacts_pkey PRIMARY KEY (id);
alter table contacts add constraint contacts_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
alter table contacts add constraint contacts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table external_ids add constraint external_ids_pkey PRIMARY KEY (object, system, external_id);
alter table fact_withdrawals add constraint fact_withdrawals_pkey PRIMARY KEY (fact_id);
alter table fact_withdrawals add constraint fact_withdrawals_fact_id_fkey FOREIGN KEY (fact_id) REFERENCES facts(id);
alter table fact_withdrawals add constraint fact_withdrawals_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES facts(id);
alter table facts add constraint facts_pkey PRIMARY KEY (id);
alter table import_failures add constraint import_failures_pkey PRIMARY KEY (import_id, "row");
alter table import_failures add constraint import_failures_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(id) ON DELETE CASCADE;
alter table import_rows add constraint import_rows_pkey PRIMARY KEY (import_id, key, unit, "row");
alter table imports add constraint imports_pkey PRIMARY KEY (id);
alter table jobs add constraint jobs_pkey PRIMARY KEY (id);
alter table jobs add constraint jobs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'paused'::text, 'done'::text, 'failed'::text, 'cancelled'::text])));
alter table lenses add constraint lenses_pkey PRIMARY KEY (key);
alter table lifecycle_acts add constraint lifecycle_acts_pkey PRIMARY KEY (subject_id, "position");
alter table lifecycle_rules add constraint lifecycle_rules_pkey PRIMARY KEY (version);
alter table lifecycle_transitions add constraint lifecycle_transitions_pkey PRIMARY KEY (id);
alter table lifecycle_transitions add constraint lifecycle_transitions_subject_check CHECK ((subject = ANY (ARRAY['contact'::text, 'account'::text])));
alter table lifecycle_walks add constraint lifecycle_walks_pkey PRIMARY KEY (subject_id);
alter table lifecycle_walks add constraint lifecycle_walks_subject_check CHECK ((subject = ANY (ARRAY['contact'::text, 'account'::text])));
alter table migrations add constraint migrations_pkey PRIMARY KEY (name);
alter table order_lines add constraint order_lines_order_id_position_key UNIQUE (order_id, "position");
alter table order_lines add constraint order_lines_pkey PRIMARY KEY (id);
alter table order_lines add constraint order_lines_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE CASCADE;
alter table order_lines add constraint order_lines_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id);
alter table order_lines add constraint order_lines_check CHECK (((returned_quantity >= (0)::numeric) AND (returned_quantity <= quantity)));
alter table order_lines add constraint order_lines_quantity_check CHECK ((quantity > (0)::numeric));
alter table order_lines add constraint order_lines_total_check CHECK ((total >= 0));
alter table order_lines add constraint order_lines_unit_price_check CHECK ((unit_price >= (0)::numeric));
alter table orders add constraint orders_pkey PRIMARY KEY (id);
alter table orders add constraint orders_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
alter table orders add constraint orders_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id);
alter table orders add constraint orders_check CHECK (((paid >= 0) AND (paid <= total)));
alter table orders add constraint orders_check1 CHECK (((refunded >= 0) AND (refunded <= paid)));
alter table orders add constraint orders_number_check CHECK (((length(number) >= 1) AND (length(number) <= 100)));
alter table orders add constraint orders_payment_status_check CHECK ((payment_status = ANY (ARRAY['nothing_due'::text, 'unpaid'::text, 'part_paid'::text, 'paid'::text, 'part_refunded'::text, 'refunded'::text])));
alter table orders add constraint orders_rate_check CHECK ((rate > (0)::numeric));
alter table orders add constraint orders_return_status_check CHECK ((return_status = ANY (ARRAY['none'::text, 'part'::text, 'full'::text])));
alter table orders add constraint orders_status_check CHECK ((status = ANY (ARRAY['open'::text, 'completed'::text, 'cancelled'::text])));
alter table orders add constraint orders_to_base_check CHECK ((to_base > (0)::numeric));
alter table payments add constraint payments_number_key UNIQUE (number);
alter table payments add constraint payments_pkey PRIMARY KEY (id);
alter table payments add constraint payments_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
alter table payments add constraint payments_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id);
alter table payments add constraint payments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
alter table payments add constraint payments_amount_check CHECK ((amount > 0));
alter table payments add constraint payments_kind_check CHECK ((kind = ANY (ARRAY['payment'::text, 'refund'::text])));
alter table products add constraint products_pkey PRIMARY KEY (id);
alter table products add constraint products_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES accounts(id);
alter table products add constraint products_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table products add constraint products_price_check CHECK ((price >= 0));
alter table return_lines add constraint return_lines_pkey PRIMARY KEY (id);
alter table return_lines add constraint return_lines_order_line_id_fkey FOREIGN KEY (order_line_id) REFERENCES order_lines(id);
alter table return_lines add constraint return_lines_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id);
alter table return_lines add constraint return_lines_return_id_fkey FOREIGN KEY (return_id) REFERENCES returns(id) ON DELETE CASCADE;
alter table return_lines add constraint return_lines_quantity_check CHECK ((quantity > (0)::numeric));
alter table return_lines add constraint return_lines_total_check CHECK ((total >= 0));
alter table return_lines add constraint return_lines_unit_price_check CHECK ((unit_price >= (0)::numeric));
alter table returns add constraint returns_number_key UNIQUE (number);
alter table returns add constraint returns_pkey PRIMARY KEY (id);
alter table returns add constraint returns_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
alter table returns add constraint returns_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id);
alter table returns add constraint returns_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
alter table returns add constraint returns_rate_check CHECK ((rate > (0)::numeric));
alter table returns add constraint returns_total_check CHECK ((total >= 0));
alter table segment_days add constraint segment_days_pkey PRIMARY KEY (segment_id, day);
alter table segment_days add constraint segment_days_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segments(id);
alter table segment_flips add constraint segment_flips_pkey PRIMARY KEY (segment_id, contact_id);
alter table segment_flips add constraint segment_flips_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table segment_flips add constraint segment_flips_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segments(id);
alter table segment_members add constraint segment_members_pkey PRIMARY KEY (segment_id, contact_id);
alter table segment_members add constraint segment_members_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table segment_members add constraint segment_members_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segments(id);
alter table segments add constraint segments_pkey PRIMARY KEY (id);
alter table segments add constraint segments_check CHECK (((condition IS NULL) = (kind = 'static'::text)));
alter table segments add constraint segments_kind_check CHECK ((kind = ANY (ARRAY['dynamic'::text, 'static'::text])));
alter table segments add constraint segments_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table timeline_state add constraint timeline_state_pkey PRIMARY KEY (only_row);
alter table timeline_state add constraint timeline_state_only_row_check CHECK (only_row);

CREATE INDEX accounts_by_created ON accounts USING btree (created_at, id);

CREATE INDEX accounts_by_domain ON accounts USING btree (lower(domain)) WHERE (domain IS NOT NULL);

CREATE INDEX accounts_by_lower_name ON accounts USING btree (lower(name));

CREATE INDEX accounts_by_name ON accounts USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX accounts_by_paid ON accounts USING btree (paid_total, id);

CREATE INDEX accounts_by_stage ON accounts USING btree (lifecycle_stage, lifecycle_since);

CREATE INDEX accounts_by_updated ON accounts USING btree (updated_at, id);

CREATE INDEX accounts_folded_name ON accounts USING btree (lower((name COLLATE "und-x-icu")) COLLATE "C");

CREATE INDEX accounts_search ON accounts USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops, lower((domain COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX changes_by_set ON changes USING btree (set_id);

CREATE INDEX contacts_by_account ON contacts USING btree (account_id) WHERE (account_id IS NOT NULL);

CREATE INDEX contacts_by_created ON contacts USING btree (created_at, id);

CREATE UNIQUE INDEX contacts_by_email ON contacts USING btree (lower(email)) WHERE ((email IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX contacts_by_last_order ON contacts USING btree (last_order_at, id);

CREATE INDEX contacts_by_lower_name ON contacts USING btree (lower(name)) WHERE ((email IS NULL) AND (phone_e164 IS NULL));

CREATE INDEX contacts_by_name ON contacts USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX contacts_by_paid ON contacts USING btree (paid_total, id);

CREATE INDEX contacts_by_phone ON contacts USING btree (phone_e164) WHERE (phone_e164 IS NOT NULL);

CREATE INDEX contacts_by_stage ON contacts USING btree (lifecycle_stage, lifecycle_since);

CREATE INDEX contacts_by_updated ON contacts USING btree (updated_at, id);

CREATE INDEX contacts_folded_email ON contacts USING btree (lower((email COLLATE "und-x-icu")) COLLATE "C");

CREATE INDEX contacts_folded_name ON contacts USING btree (lower((name COLLATE "und-x-icu")) COLLATE "C");

CREATE INDEX contacts_search ON contacts USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops, lower((email COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX external_ids_by_record ON external_ids USING btree (record_id);

CREATE INDEX facts_by_account ON facts USING btree (account_id, occurred_at DESC, id DESC) WHERE (account_id IS NOT NULL);

CREATE INDEX facts_by_account_name ON facts USING btree (account_id, name, occurred_at) WHERE (account_id IS NOT NULL);

CREATE INDEX facts_by_contact ON facts USING btree (contact_id, occurred_at DESC, id DESC) WHERE (contact_id IS NOT NULL);

CREATE INDEX facts_by_contact_name ON facts USING btree (contact_id, name, occurred_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX facts_by_position ON facts USING btree (epoch, tx, seq);

CREATE INDEX facts_of_money ON facts USING btree (occurred_at) WHERE (name = ANY (ARRAY['order.paid'::text, 'payment.received'::text, 'payment.refunded'::text]));

CREATE INDEX facts_of_referrals ON facts USING btree (occurred_at) WHERE (name = 'referral.made'::text);

CREATE INDEX imports_by_time ON imports USING btree (created_at DESC, id DESC);

CREATE INDEX jobs_by_time ON jobs USING btree (created_at DESC, id DESC);

CREATE INDEX jobs_open ON jobs USING btree (state) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text, 'paused'::text]));

CREATE INDEX lifecycle_transitions_by_fact ON lifecycle_transitions USING btree (fact_id);

CREATE INDEX lifecycle_transitions_by_subject ON lifecycle_transitions USING btree (subject_id, at, id) WHERE (withdrawn_at IS NULL);

CREATE INDEX lifecycle_transitions_by_time ON lifecycle_transitions USING btree (subject, at) WHERE (withdrawn_at IS NULL);

CREATE INDEX lifecycle_walks_due ON lifecycle_walks USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX order_lines_by_product ON order_lines USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE INDEX orders_by_account ON orders USING btree (account_id, placed_at) WHERE (account_id IS NOT NULL);

CREATE INDEX orders_by_contact ON orders USING btree (contact_id, placed_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX orders_by_created ON orders USING btree (created_at, id);

CREATE UNIQUE INDEX orders_by_number ON orders USING btree (number);

CREATE INDEX orders_by_placed ON orders USING btree (placed_at, id);

CREATE INDEX orders_by_total ON orders USING btree (base_total, id);

CREATE INDEX orders_by_updated ON orders USING btree (updated_at, id);

CREATE INDEX orders_search ON orders USING gin (lower((number COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX payments_by_account ON payments USING btree (account_id, received_at) WHERE (account_id IS NOT NULL);

CREATE INDEX payments_by_amount ON payments USING btree (base_amount, id);

CREATE INDEX payments_by_contact ON payments USING btree (contact_id, received_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX payments_by_created ON payments USING btree (created_at, id);

CREATE INDEX payments_by_order ON payments USING btree (order_id);

CREATE INDEX payments_by_received ON payments USING btree (received_at, id);

CREATE INDEX payments_by_updated ON payments USING btree (updated_at, id);

CREATE INDEX payments_search ON payments USING gin (lower((number COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops, lower((reference COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX products_by_created ON products USING btree (created_at, id);

CREATE INDEX products_by_lower_name ON products USING btree (lower(name));

CREATE INDEX products_by_name ON products USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX products_by_price ON products USING btree (price, id);

CREATE UNIQUE INDEX products_by_sku ON products USING btree (lower(sku)) WHERE ((sku IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX products_by_updated ON products USING btree (updated_at, id);

CREATE INDEX products_by_vendor ON products USING btree (vendor_id) WHERE (vendor_id IS NOT NULL);

CREATE INDEX products_search ON products USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops, lower((sku COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX return_lines_by_order_line ON return_lines USING btree (order_line_id) WHERE (order_line_id IS NOT NULL);

CREATE INDEX return_lines_by_product ON return_lines USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE INDEX return_lines_by_return ON return_lines USING btree (return_id, "position");

CREATE INDEX returns_by_account ON returns USING btree (account_id, returned_at) WHERE (account_id IS NOT NULL);

CREATE INDEX returns_by_contact ON returns USING btree (contact_id, returned_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX returns_by_created ON returns USING btree (created_at, id);

CREATE INDEX returns_by_order ON returns USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX returns_by_returned ON returns USING btree (returned_at, id);

CREATE INDEX returns_by_total ON returns USING btree (base_total, id);

CREATE INDEX returns_by_updated ON returns USING btree (updated_at, id);

CREATE INDEX returns_search ON returns USING gin (lower((number COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX segment_flips_by_contact ON segment_flips USING btree (contact_id);

CREATE INDEX segment_flips_by_due ON segment_flips USING btree (due_at);

CREATE INDEX segment_members_by_contact ON segment_members USING btree (contact_id, segment_id);

CREATE INDEX segment_members_by_entry ON segment_members USING btree (segment_id, entered_at DESC, contact_id DESC);

CREATE UNIQUE INDEX segments_by_lower_name ON segments USING btree (lower(name)) WHERE (deleted_at IS NULL);

CREATE INDEX segments_by_name ON segments USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX segments_by_updated ON segments USING btree (updated_at, id);

CREATE INDEX segments_search ON segments USING gin (name gin_trgm_ops);

create view purchases as  SELECT l.id,
    l.order_id,
    l."position",
    l.product_id,
    l.description,
    l.quantity,
    l.returned_quantity,
    l.unit_price,
    l.total,
    o.currency,
    o.contact_id,
    o.account_id,
    o.placed_at,
    o.status,
    o.version,
    o.created_at,
    o.updated_at,
    o.deleted_at
   FROM (order_lines l
     JOIN orders o ON ((o.id = l.order_id)));
