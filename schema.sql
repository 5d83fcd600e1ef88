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
  revoked_at timestamp with time zone,
  role_id uuid
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
  revoked_at timestamp with time zone,
  role_id uuid
);

create table members (
  workspace_id uuid not null,
  user_id uuid not null,
  role text not null,
  joined_at timestamp with time zone not null default now(),
  role_id uuid
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

create sequence case_numbers start 1001;

create sequence lead_turn start 1;

create sequence order_numbers start 1001;

create sequence payment_numbers start 1;

create sequence quote_numbers start 1001;

create sequence return_numbers start 1;

create sequence shipment_numbers start 1001;

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

create table announcements (
  improvement_id uuid not null,
  contact_id uuid not null,
  send_id uuid,
  fact_id uuid not null,
  told_at timestamp with time zone not null
);

create table bulk_failures (
  job_id uuid not null,
  record_id uuid not null,
  object text not null,
  field text not null default ''::text,
  message text not null,
  was jsonb,
  now jsonb
);

create table bulk_rows (
  job_id uuid not null,
  record_id uuid not null
);

create table calendars (
  version integer not null,
  tz text not null,
  weekly jsonb not null,
  holidays jsonb not null default '[]'::jsonb,
  created_by text not null,
  created_at timestamp with time zone not null default now()
);

create table calls (
  id uuid not null,
  contact_id uuid,
  account_id uuid,
  outcome text not null,
  minutes integer not null default 0,
  text text,
  author_id uuid,
  author_name text not null,
  fact_id uuid not null,
  called_at timestamp with time zone not null,
  deleted_at timestamp with time zone
);

create table campaigns (
  id uuid not null,
  name text not null,
  subject text,
  preheader text,
  segment_id uuid,
  body text not null default ''::text,
  html text,
  text_body text,
  problems jsonb not null default '[]'::jsonb,
  from_name text,
  from_address text,
  reply_to text,
  tracked boolean not null default true,
  cost bigint,
  state text not null default 'draft'::text,
  note text,
  send_at timestamp with time zone,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  member_count integer,
  without_consent integer,
  planned_count integer not null default 0,
  owner_id uuid,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  custom jsonb not null default '{}'::jsonb
);

create table case_messages (
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  inbound boolean not null,
  author_id uuid,
  author_name text not null,
  body text not null,
  to_address text,
  message_id text,
  send_id uuid,
  held text,
  form_key text,
  fact_id uuid,
  was_status text,
  at timestamp with time zone not null
);

create table case_pauses (
  case_id uuid not null,
  why text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone
);

create table case_targets (
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  policy text not null,
  calendar_version integer not null,
  clock text not null,
  pausable boolean not null,
  seconds integer not null,
  started_at timestamp with time zone not null,
  due_at timestamp with time zone,
  warn_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by uuid,
  outcome text,
  late_by integer,
  warned_fact uuid,
  breached_fact uuid
);

create table cases (
  id uuid not null,
  number text not null,
  subject text not null,
  description text,
  type text not null default 'question'::text,
  priority text not null default 'normal'::text,
  status text not null default 'open'::text,
  channel text not null default 'hand'::text,
  contact_id uuid,
  account_id uuid,
  owner_id uuid,
  product_id uuid,
  order_id uuid,
  order_line_id uuid,
  reason_id uuid,
  previous_id uuid,
  policy_version integer not null default 0,
  calendar_version integer not null default 0,
  due_at timestamp with time zone,
  due_target text,
  first_reply_at timestamp with time zone,
  waiting_since timestamp with time zone,
  resolved_at timestamp with time zone,
  reopen_until timestamp with time zone,
  closed_at timestamp with time zone,
  dismissed_as text,
  reopened integer not null default 0,
  opened_fact uuid,
  asked_fact uuid,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  custom jsonb not null default '{}'::jsonb
);

create table change_sets (
  id uuid not null,
  at timestamp with time zone not null default now(),
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  job_id uuid,
  reason text,
  undoes uuid
);

create table changes (
  set_id uuid not null,
  object text not null,
  record_id uuid not null,
  action text not null,
  fields jsonb
);

create table comments (
  id uuid not null,
  object text not null,
  record_id uuid not null,
  html text not null,
  text text not null,
  by_id uuid,
  by_name text not null,
  created_at timestamp with time zone not null,
  edited_at timestamp with time zone,
  version integer not null default 1,
  deleted_at timestamp with time zone
);

create table consent_log (
  id uuid not null,
  contact_id uuid not null,
  channel text not null,
  purpose text not null,
  status text not null,
  basis text not null,
  wording text,
  wording_hash text,
  source text not null,
  form_id uuid,
  form_version integer,
  ip text,
  user_agent text,
  evidence text,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  recorded_at timestamp with time zone not null default now()
);

create table consents (
  contact_id uuid not null,
  channel text not null,
  purpose text not null,
  status text not null,
  since timestamp with time zone not null,
  log_id uuid not null
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

create table contact_budgets (
  contact_id uuid not null,
  times timestamp with time zone[] not null
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
  deleted_at timestamp with time zone,
  rfm_recency smallint,
  rfm_frequency smallint,
  rfm_money smallint,
  rfm_band text
);

create table custom_definitions (
  one boolean not null default true,
  version bigint not null
);

create table custom_fields (
  id uuid not null,
  object text not null,
  key text not null,
  label text not null,
  type text not null,
  required boolean not null default false,
  preset jsonb,
  help text,
  choices jsonb,
  to_object text,
  position integer not null,
  retired_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  fast text not null default 'off'::text,
  uniqueness text not null default 'off'::text,
  failure text,
  formula text,
  rollup jsonb
);

create table custom_objects (
  id uuid not null,
  key text not null,
  label text not null,
  label_plural text not null,
  title_label text not null,
  retired_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null
);

create table digest_hours (
  user_id uuid not null,
  hour integer not null
);

create table digests (
  id uuid not null,
  user_id uuid not null,
  subject text not null,
  paragraphs jsonb not null,
  created_at timestamp with time zone not null,
  try_at timestamp with time zone not null,
  attempts integer not null default 0,
  taken_at timestamp with time zone,
  sent_at timestamp with time zone,
  failure text
);

create table duplicate_pairs (
  a uuid not null,
  b uuid not null,
  object text not null,
  rule text not null,
  score real not null,
  state text not null default 'open'::text,
  found_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone
);

create table duplicate_rules (
  object text not null,
  rule text not null,
  active boolean not null,
  threshold real not null,
  version integer not null default 1
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

create table favourites (
  user_id uuid not null,
  record_id uuid not null,
  object text not null,
  at timestamp with time zone not null
);

create table files (
  id uuid not null,
  object text not null,
  record_id uuid,
  name text not null,
  type text not null,
  bytes bigint not null,
  sha256 text not null,
  by_id uuid,
  by_name text not null,
  fact_id uuid,
  created_at timestamp with time zone not null,
  kept_at timestamp with time zone,
  deleted_at timestamp with time zone,
  left_set uuid
);

create table followers (
  record_id uuid not null,
  object text not null,
  user_id uuid not null,
  follows boolean not null default true,
  since timestamp with time zone not null
);

create table form_submissions (
  id uuid not null,
  form_id uuid not null,
  unique_key text not null,
  contact_id uuid,
  submitted_at timestamp with time zone not null,
  answers jsonb not null,
  consents jsonb not null default '[]'::jsonb,
  verdict text not null,
  why text,
  utm_source text,
  utm_medium text,
  utm_campaign text,
  utm_term text,
  utm_content text,
  referrer text,
  landing text,
  ip text,
  user_agent text,
  fact_id uuid,
  asked_at timestamp with time zone,
  confirmed_at timestamp with time zone
);

create table form_wordings (
  form_id uuid not null,
  purpose text not null,
  version integer not null,
  wording text not null,
  at timestamp with time zone not null
);

create table forms (
  id uuid not null,
  key text not null,
  name text not null,
  title text,
  intro text,
  design jsonb not null,
  opens_lead boolean not null default true,
  double_opt_in boolean not null default true,
  thanks text,
  redirect text,
  source text,
  campaign text,
  origins text[] not null default '{}'::text[],
  active boolean not null default true,
  submission_count integer not null default 0,
  last_submitted_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table health_runs (
  what text not null,
  due_at timestamp with time zone,
  ran_at timestamp with time zone,
  told jsonb not null default '{}'::jsonb
);

create table health_scores (
  contact_id uuid not null,
  day date not null,
  score integer not null,
  known integer not null,
  measures jsonb not null
);

create table import_failures (
  import_id uuid not null,
  row bigint not null,
  problems jsonb not null,
  cells jsonb
);

create table import_mappings (
  id uuid not null,
  object text not null,
  name text not null,
  fingerprint text not null,
  mapping jsonb not null,
  options jsonb not null default '{}'::jsonb,
  created_by uuid,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone
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
  created_at timestamp with time zone not null default now(),
  notes jsonb not null default '[]'::jsonb
);

create table improvement_people (
  improvement_id uuid not null,
  contact_id uuid not null,
  arm text not null,
  exposed_at timestamp with time zone not null,
  fact_id uuid not null
);

create table improvements (
  id uuid not null,
  name text not null,
  insight_id uuid,
  repeats_id uuid,
  hypothesis text,
  kind text not null default 'other'::text,
  owner_id uuid,
  cost_amount bigint,
  state text not null default 'draft'::text,
  plan jsonb not null,
  size jsonb,
  start_at timestamp with time zone,
  review_at timestamp with time zone,
  verdict text,
  next_step text,
  stop_reason text,
  treated_segment_id uuid,
  held_segment_id uuid,
  started_fact uuid,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table insight_people (
  insight_id uuid not null,
  contact_id uuid not null,
  fact_ids uuid[] not null,
  mentions integer not null,
  said_at timestamp with time zone not null,
  later boolean not null default false,
  joined_fact uuid not null
);

create table insights (
  id uuid not null,
  name text not null,
  statement text,
  about jsonb not null,
  kind text not null,
  theme_id uuid,
  segment_id uuid,
  owner_id uuid,
  state text not null default 'open'::text,
  closed_reason text,
  evidence jsonb not null,
  people integer not null default 0,
  at_stake bigint not null default 0,
  proposed boolean not null default false,
  found_at timestamp with time zone not null,
  found_fact uuid not null,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table invoice_lines (
  id uuid not null,
  invoice_id uuid not null,
  position integer not null,
  order_line_id uuid,
  credits_line_id uuid,
  description text not null,
  quantity numeric not null,
  unit_price numeric not null,
  tax_rate numeric not null,
  tax bigint not null,
  total bigint not null,
  credited_quantity numeric not null default 0,
  credited_total bigint not null default 0,
  credited_tax bigint not null default 0
);

create table invoice_series (
  kind text not null,
  prefix text not null,
  last integer not null,
  last_at timestamp with time zone not null default '-infinity'::timestamp with time zone
);

create table invoices (
  id uuid not null,
  kind text not null,
  number text not null,
  order_id uuid not null,
  invoice_id uuid,
  contact_id uuid,
  account_id uuid,
  currency text not null,
  issued_at timestamp with time zone not null,
  due_at date not null,
  net bigint not null,
  tax bigint not null,
  total bigint not null,
  base_total bigint not null,
  line_count integer not null,
  seller jsonb not null,
  buyer jsonb not null,
  reason text,
  reason_id uuid,
  fact uuid not null,
  credited bigint not null default 0,
  sent_at timestamp with time zone,
  sent_count integer not null default 0,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
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
  lease integer not null default 0,
  found_done bigint not null default 0,
  taken integer not null default 0,
  due_at timestamp with time zone,
  found_progresses bigint[] not null default '{}'::bigint[]
);

create table lead_flips (
  lead_id uuid not null,
  due_at timestamp with time zone not null
);

create table lead_points (
  id bigint not null generated always as identity,
  lead_id uuid not null,
  key text not null,
  label text not null,
  points integer not null,
  how text not null,
  caused_by uuid,
  at timestamp with time zone not null
);

create table lead_rules (
  version integer not null,
  rules jsonb not null,
  note text not null default ''::text,
  actor_name text not null,
  at timestamp with time zone not null
);

create table lead_settings (
  one boolean not null default true,
  labels jsonb not null default '{}'::jsonb,
  respond_within integer not null default 14400,
  pool uuid[],
  version integer not null default 1
);

create table lead_turns (
  user_id uuid not null,
  turn bigint not null
);

create table leads (
  id uuid not null,
  contact_id uuid not null,
  account_id uuid,
  name text not null,
  status text not null default 'open'::text,
  source text not null,
  campaign_id uuid,
  form_id uuid,
  interest text,
  message text,
  company text,
  owner_id uuid,
  asked_at timestamp with time zone not null,
  asks integer not null default 1,
  first_response_due timestamp with time zone,
  responded_at timestamp with time zone,
  score integer not null default 0,
  unqualified_reason_id uuid,
  unqualified_reason text,
  recycle_at timestamp with time zone,
  qualified_at timestamp with time zone,
  closed_at timestamp with time zone,
  converted_at timestamp with time zone,
  opportunity_id uuid,
  conversion jsonb,
  opened_fact uuid not null,
  undo jsonb,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  custom jsonb not null default '{}'::jsonb
);

create table lenses (
  key text not null,
  name text not null,
  steps jsonb not null,
  position integer not null,
  version integer not null default 1
);

create table letterhead (
  one boolean not null default true,
  legal_name text not null default ''::text,
  address text not null default ''::text,
  tax_id text not null default ''::text,
  bank text not null default ''::text,
  email text not null default ''::text,
  phone text not null default ''::text,
  website text not null default ''::text,
  footer text not null default ''::text,
  terms text not null default ''::text,
  tax_rates jsonb not null default '[]'::jsonb,
  version integer not null default 1,
  updated_at timestamp with time zone not null default now()
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

create table line_cancellations (
  id uuid not null,
  order_id uuid not null,
  order_line_id uuid not null,
  act_id uuid not null,
  quantity numeric not null,
  amount bigint not null,
  reason text not null,
  cancelled_at timestamp with time zone not null,
  facts uuid[] not null default '{}'::uuid[]
);

create table link_targets (
  id uuid not null,
  lens text not null,
  link text not null,
  rate numeric,
  days integer,
  set_at timestamp with time zone not null,
  set_by text not null
);

create table loyalty_allocations (
  spend_id uuid not null,
  position integer not null,
  lot_id uuid not null,
  points bigint not null,
  restored bigint not null default 0
);

create table loyalty_entries (
  id uuid not null,
  member_id uuid not null,
  kind text not null,
  key text not null,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  lot_id uuid,
  spend_id uuid,
  reason text,
  fact_id uuid,
  issued bigint not null default 0,
  pending bigint not null default 0,
  available bigint not null default 0,
  debt bigint not null default 0,
  redeemed bigint not null default 0,
  expired bigint not null default 0
);

create table loyalty_lots (
  id uuid not null,
  member_id uuid not null,
  source text not null,
  order_id uuid,
  key text not null,
  reason text,
  rules integer not null,
  original bigint not null,
  remaining bigint not null,
  reversed bigint not null default 0,
  expired bigint not null default 0,
  state text not null,
  qualifies boolean not null,
  earned_at timestamp with time zone not null,
  active_at timestamp with time zone not null,
  activated_at timestamp with time zone,
  expires_at timestamp with time zone,
  fact_id uuid not null,
  activated_fact uuid
);

create table loyalty_members (
  id uuid not null,
  contact_id uuid not null,
  issued bigint not null default 0,
  pending bigint not null default 0,
  available bigint not null default 0,
  debt bigint not null default 0,
  redeemed bigint not null default 0,
  expired bigint not null default 0,
  tier text,
  tier_since timestamp with time zone,
  evaluate_at timestamp with time zone,
  in_grace boolean not null default false,
  tier_fact uuid,
  due_at timestamp with time zone,
  joined_at timestamp with time zone not null,
  moved_at timestamp with time zone not null
);

create table loyalty_programs (
  id uuid not null,
  one boolean not null default true,
  name text not null,
  zone text not null,
  started_at timestamp with time zone not null,
  active boolean not null default true,
  rules integer not null default 1,
  version integer not null default 1
);

create table loyalty_rules (
  version integer not null,
  said jsonb not null,
  since timestamp with time zone not null,
  by_name text not null
);

create table loyalty_spends (
  id uuid not null,
  member_id uuid not null,
  key text not null,
  points bigint not null,
  restored bigint not null default 0,
  state text not null,
  hold_until timestamp with time zone,
  rules integer not null,
  reason text not null,
  spent_at timestamp with time zone not null,
  order_id uuid,
  fact_id uuid not null
);

create table loyalty_tiers (
  id uuid not null,
  member_id uuid not null,
  tier text,
  was text,
  at timestamp with time zone not null,
  reason text not null,
  qualifying bigint not null
);

create table loyalty_vouchers (
  id uuid not null,
  code text not null,
  reward text not null,
  amount bigint not null,
  currency text not null,
  payment_id uuid,
  used_amount bigint
);

create table mail_hits (
  id uuid not null,
  send_id uuid not null,
  kind text not null,
  link_id text,
  trap boolean not null default false,
  at timestamp with time zone not null,
  method text not null,
  user_agent text not null,
  network text not null,
  class text,
  reasons text[] not null default '{}'::text[],
  fact_id uuid
);

create table mail_links (
  id text not null,
  url text not null
);

create table mail_settings (
  only_row boolean not null default true,
  from_name text,
  from_address text,
  reply_to text,
  postal text,
  budget_mails integer not null default 8,
  quiet_hours integer not null default 20,
  tracking boolean not null default true,
  version integer not null default 1
);

create table measurements (
  id uuid not null,
  improvement_id uuid not null,
  at timestamp with time zone not null,
  review_at timestamp with time zone,
  verdict text,
  result jsonb not null,
  fact_id uuid
);

create table merge_images (
  merge_id uuid not null,
  seq integer not null,
  what text not null,
  table_name text not null,
  key jsonb not null,
  before jsonb,
  after jsonb
);

create table merge_moves (
  merge_id uuid not null,
  seq integer not null,
  table_name text not null,
  column_name text not null,
  from_id uuid not null,
  keys jsonb not null,
  count integer not null
);

create table merged_records (
  loser_id uuid not null,
  object text not null,
  winner_id uuid not null,
  merge_id uuid not null,
  email text
);

create table migrations (
  name text not null,
  hash text not null,
  applied_at timestamp with time zone not null default now()
);

create table notes (
  id uuid not null,
  contact_id uuid,
  account_id uuid,
  text text not null,
  author_id uuid,
  author_name text not null,
  fact_id uuid not null,
  written_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  html text,
  edited_at timestamp with time zone,
  version integer not null default 1
);

create table notification_ways (
  user_id uuid not null,
  kind text not null,
  way text not null
);

create table notifications (
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  object text,
  record_id uuid,
  title text not null,
  text text not null,
  path text not null,
  by_name text not null,
  key text not null,
  at timestamp with time zone not null,
  read_at timestamp with time zone,
  mail_at timestamp with time zone,
  digest_id uuid
);

create table onboarding_plan_versions (
  plan_id uuid not null,
  version integer not null,
  steps jsonb not null,
  at timestamp with time zone not null
);

create table onboarding_plans (
  id uuid not null,
  name text not null,
  product_id uuid,
  for_whom text not null default 'everybody'::text,
  starts_on text not null default 'paid'::text,
  since timestamp with time zone not null,
  intro text,
  invites boolean not null default true,
  stalled_days integer not null default 5,
  active boolean not null default true,
  design jsonb not null,
  steps_version integer not null default 1,
  step_count integer not null default 0,
  run_count integer not null default 0,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table onboarding_steps (
  onboarding_id uuid not null,
  key text not null,
  position integer not null,
  title text not null,
  help text not null default ''::text,
  owner text not null,
  kind text not null,
  question text not null default ''::text,
  done_when jsonb,
  fact_name text,
  depends_on text[] not null default '{}'::text[],
  due_days integer,
  due_from text not null default 'start'::text,
  weight integer not null,
  required boolean not null,
  first_value boolean not null,
  state text not null,
  ready_at timestamp with time zone,
  due_at timestamp with time zone,
  done_at timestamp with time zone,
  done_by text,
  answer text,
  reason text,
  evidence_fact uuid,
  done_fact uuid,
  contradicted_at timestamp with time zone
);

create table onboardings (
  id uuid not null,
  plan_id uuid not null,
  plan_version integer not null,
  plan text not null,
  product_id uuid,
  contact_id uuid,
  account_id uuid,
  order_id uuid,
  owner_id uuid,
  status text not null default 'running'::text,
  percent integer not null default 0,
  done_count integer not null default 0,
  step_count integer not null,
  current_step text,
  current_position integer,
  stalled_days integer not null,
  started_at timestamp with time zone not null,
  last_progress_at timestamp with time zone not null,
  waiting_since timestamp with time zone,
  stall_at timestamp with time zone,
  stalled_at timestamp with time zone,
  value_at timestamp with time zone,
  completed_at timestamp with time zone,
  ended_at timestamp with time zone,
  end_reason text,
  start_fact uuid,
  last_fact uuid,
  value_fact uuid,
  completed_fact uuid,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table opportunities (
  id uuid not null,
  name text not null,
  contact_id uuid,
  account_id uuid,
  owner_id uuid,
  pipeline_id uuid not null,
  stage_id uuid not null,
  status text not null default 'open'::text,
  type text not null default 'new'::text,
  amount bigint not null default 0,
  currency text not null,
  rate numeric not null default 1,
  to_base numeric not null default 1,
  base_amount bigint not null default 0,
  probability integer not null,
  own_probability boolean not null default false,
  expected_close date,
  closed_at timestamp with time zone,
  lost_reason_id uuid,
  next_step text,
  next_step_at date,
  description text,
  stage_since timestamp with time zone not null,
  touched_at timestamp with time zone not null,
  lead_id uuid,
  source_fact uuid,
  opened_fact uuid,
  closed_fact uuid,
  line_count integer not null default 0,
  custom jsonb not null default '{}'::jsonb,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table opportunity_lines (
  id uuid not null,
  opportunity_id uuid not null,
  position integer not null,
  product_id uuid,
  description text not null,
  quantity numeric not null,
  unit_price numeric not null,
  total bigint not null,
  price_entry_id uuid
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
  total bigint not null,
  ships boolean not null default false,
  discount bigint not null default 0,
  tax_rate numeric not null default 0,
  tax bigint not null default 0,
  cancelled_quantity numeric not null default 0,
  shipped_quantity numeric not null default 0,
  delivered_quantity numeric not null default 0,
  invoiced_quantity numeric not null default 0
);

create table order_terms (
  one boolean not null default true,
  return_days integer not null default 30,
  payment_days integer not null default 14,
  version integer not null default 1
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
  deleted_at timestamp with time zone,
  promised_at date,
  goodwill bigint not null default 0,
  cancelled_total bigint not null default 0,
  invoiced bigint not null default 0,
  credited bigint not null default 0,
  fulfilment_status text not null default 'not_needed'::text,
  delivered_at timestamp with time zone,
  delivered_fact uuid,
  quote_id uuid
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
  deleted_at timestamp with time zone,
  reason_id uuid,
  reason text,
  custom jsonb not null default '{}'::jsonb
);

create table pipeline_stages (
  id uuid not null,
  pipeline_id uuid not null,
  name text not null,
  position integer not null,
  category text not null,
  probability integer not null,
  target_days integer,
  rotting_days integer,
  required_fields text[] not null default '{}'::text[],
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table pipelines (
  id uuid not null,
  name text not null,
  is_default boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table play_runs (
  id uuid not null,
  play_id uuid not null,
  play_version integer not null,
  contact_id uuid,
  account_id uuid,
  trigger_fact uuid not null,
  reason text not null,
  held_out boolean not null,
  task_id uuid,
  started_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  outcome text not null default 'open'::text,
  ended_at timestamp with time zone,
  saved_by uuid
);

create table plays (
  id uuid not null,
  name text not null,
  trigger text not null,
  task text not null,
  task_kind text not null,
  help text,
  due_days integer not null default 2,
  owner_id uuid,
  held_out integer not null default 20,
  window_days integer not null default 60,
  active boolean not null default true,
  run_count integer not null default 0,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table prediction_models (
  id uuid not null,
  what text not null,
  as_of timestamp with time zone not null,
  verdict text not null,
  customers integer not null,
  repeaters integer not null,
  model jsonb,
  test jsonb,
  learnt_at timestamp with time zone not null
);

create table prediction_runs (
  what text not null,
  due_at timestamp with time zone,
  ran_at timestamp with time zone,
  took_ms integer not null default 0,
  seen uuid
);

create table presence (
  page_id uuid not null,
  user_id uuid not null,
  object text not null,
  record_id uuid not null,
  editing boolean not null default false,
  seen_at timestamp with time zone not null
);

create table price_entries (
  id uuid not null,
  list_id uuid not null,
  product_id uuid not null,
  min_qty numeric not null default 1,
  unit_price bigint not null,
  valid_from date not null,
  valid_to date,
  created_at timestamp with time zone not null default now(),
  set_id uuid,
  ended_former boolean not null default true
);

create table price_lists (
  id uuid not null,
  name text not null,
  currency text not null,
  valid_from date,
  valid_to date,
  is_default boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table private_records (
  object text not null,
  record_id uuid not null,
  made_by text not null,
  made_at timestamp with time zone not null
);

create table product_neighbours (
  product_id uuid not null,
  other_id uuid not null,
  both_bought integer not null,
  buyers integer not null,
  other_buyers integer not null,
  similarity real not null
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
  custom jsonb not null default '{}'::jsonb,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  status text not null default 'active'::text,
  kind text not null default 'goods'::text
);

create table promotion_codes (
  id uuid not null,
  promotion_id uuid not null,
  code text not null,
  uses_limit integer,
  used integer not null default 0,
  active boolean not null default true,
  contact_id uuid,
  created_at timestamp with time zone not null
);

create table promotion_counts (
  promotion_id uuid not null,
  key text not null,
  used integer not null default 0
);

create table promotion_goods (
  id uuid not null,
  promotion_id uuid not null,
  product_id uuid,
  category text
);

create table promotion_uses (
  id uuid not null,
  promotion_id uuid not null,
  promotion_version integer not null,
  code_id uuid,
  order_id uuid not null,
  kind text not null,
  use_id uuid,
  customer_key text,
  day_key text not null,
  amount bigint not null,
  lines jsonb not null default '[]'::jsonb,
  reason text,
  fact_id uuid,
  at timestamp with time zone not null,
  actor_name text not null,
  standing boolean not null
);

create table promotions (
  id uuid not null,
  name text not null,
  kind text not null,
  percent numeric,
  amount bigint,
  currency text not null,
  min_order bigint,
  valid_from timestamp with time zone,
  valid_to timestamp with time zone,
  uses_limit integer,
  customer_limit integer,
  day_limit integer,
  budget bigint,
  active boolean not null default true,
  description text,
  use_count integer not null default 0,
  spent bigint not null default 0,
  code_count integer not null default 0,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table proposals_put_off (
  theme_id uuid not null,
  until timestamp with time zone not null,
  by_name text not null
);

create table put_off (
  user_id uuid not null,
  due_id text not null,
  until timestamp with time zone not null
);

create table quote_lines (
  id uuid not null,
  quote_id uuid not null,
  position integer not null,
  product_id uuid,
  description text not null,
  quantity numeric not null,
  unit_price numeric not null,
  discount_percent numeric,
  discount_amount bigint,
  tax_rate numeric not null default 0,
  goods bigint not null,
  discount bigint not null,
  share bigint not null,
  net bigint not null,
  tax bigint not null
);

create table quote_versions (
  id uuid not null,
  quote_id uuid not null,
  revision integer not null,
  content text not null,
  hash text not null,
  sent_at timestamp with time zone not null,
  sent_by text not null,
  sent_to text,
  opened_at timestamp with time zone
);

create table quotes (
  id uuid not null,
  number text not null,
  revision integer not null default 1,
  status text not null default 'draft'::text,
  subject text,
  contact_id uuid,
  account_id uuid,
  opportunity_id uuid,
  owner_id uuid,
  currency text not null,
  rate numeric not null default 1,
  to_base numeric not null default 1,
  valid_until date not null,
  intro text,
  terms text,
  discount_percent numeric,
  discount_amount bigint,
  line_count integer not null default 0,
  discount bigint not null default 0,
  net bigint not null default 0,
  tax bigint not null default 0,
  total bigint not null default 0,
  base_total bigint not null default 0,
  shown_version_id uuid,
  sent_at timestamp with time zone,
  mailed_at timestamp with time zone,
  viewed_at timestamp with time zone,
  accepted_at timestamp with time zone,
  accepted_by text,
  acceptance jsonb,
  declined_at timestamp with time zone,
  decline_reason_id uuid,
  decline_reason text,
  withdrawn_at timestamp with time zone,
  withdraw_reason text,
  expired_at timestamp with time zone,
  last_fact uuid,
  custom jsonb not null default '{}'::jsonb,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table reasons (
  id uuid not null,
  key text,
  label text not null,
  applies_to text[] not null,
  parent_id uuid,
  position integer not null default 0,
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table record_merges (
  id uuid not null,
  object text not null,
  winner_id uuid not null,
  loser_ids uuid[] not null,
  fields jsonb not null default '{}'::jsonb,
  rule text,
  state text not null default 'done'::text,
  by_id uuid,
  by_name text not null,
  at timestamp with time zone not null,
  undone_at timestamp with time zone,
  job_id uuid
);

create table record_shares (
  object text not null,
  record_id uuid not null,
  user_id uuid,
  team_id uuid,
  can_edit boolean not null,
  shared_by text not null,
  shared_at timestamp with time zone not null
);

create table record_visits (
  user_id uuid not null,
  object text not null,
  record_id uuid not null,
  at timestamp with time zone not null,
  count integer not null default 1
);

create table referral_clicks (
  id uuid not null,
  code_id uuid not null,
  at timestamp with time zone not null
);

create table referral_codes (
  id uuid not null,
  contact_id uuid not null,
  code text not null,
  click_count integer not null default 0,
  suspended_at timestamp with time zone,
  created_at timestamp with time zone not null default now()
);

create table referral_program (
  one boolean not null default true,
  active boolean not null default false,
  headline text not null default 'A friend thinks we are right for you'::text,
  words text not null default ''::text,
  reward_points integer not null default 200,
  friend_promotion_id uuid,
  min_order bigint not null default 0,
  window_days integer not null default 60,
  advocate_limit integer not null default 20,
  daily_flag integer not null default 5,
  version integer not null default 1
);

create table referrals (
  id uuid not null,
  advocate_id uuid not null,
  friend_id uuid not null,
  friend_name text not null,
  click_id uuid,
  clicked_at timestamp with time zone not null,
  joined_at timestamp with time zone not null,
  state text not null,
  reason text,
  flags text,
  review text not null default 'none'::text,
  reviewed_by text,
  expires_at timestamp with time zone not null,
  order_id uuid,
  qualified_at timestamp with time zone,
  hold_until timestamp with time zone,
  rewarded_at timestamp with time zone,
  closed_at timestamp with time zone,
  points integer not null,
  min_order bigint not null default 0,
  friend_code_id uuid,
  consent_wording text,
  confirmed_at timestamp with time zone,
  thanked_at timestamp with time zone,
  made_fact uuid,
  qualified_fact uuid,
  rewarded_fact uuid,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table reporting_lines (
  user_id uuid not null,
  manager_id uuid not null
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
  deleted_at timestamp with time zone,
  reason_id uuid
);

create table role_fields (
  role_id uuid not null,
  object text not null,
  field text not null,
  editable boolean not null
);

create table role_grants (
  role_id uuid not null,
  object text not null,
  verb text not null,
  scope text not null
);

create table roles (
  id uuid not null,
  name text not null,
  base text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now()
);

create table saved_views (
  id uuid not null,
  object text not null,
  name text not null,
  kind text not null,
  query jsonb not null default '{}'::jsonb,
  columns text[],
  group_by text,
  options jsonb not null default '{}'::jsonb,
  owner_id uuid,
  visibility text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table search_entries (
  object text not null,
  words text not null,
  record_id uuid not null,
  owner_id uuid
);

create table search_readings (
  object text not null,
  read_until timestamp with time zone not null,
  read_id uuid not null,
  read_at timestamp with time zone not null,
  seen text,
  settle_at timestamp with time zone
);

create table search_words (
  word text not null,
  near text[] not null
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
  entered_at timestamp with time zone not null,
  set_id uuid
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
  deleted_at timestamp with time zone,
  kept_by text
);

create table send_pauses (
  source text not null,
  source_id uuid not null,
  reason text not null,
  by_rondo boolean not null default false,
  at timestamp with time zone not null
);

create table sends (
  id uuid not null,
  kind text not null,
  source text not null,
  source_id uuid not null,
  contact_id uuid,
  account_id uuid,
  purpose text not null,
  address text,
  subject text,
  html text,
  body text,
  reply_to text,
  headers jsonb not null default '{}'::jsonb,
  personal boolean not null default false,
  unique_key text not null,
  state text not null default 'planned'::text,
  code text,
  reason text,
  why text,
  attempt integer not null default 0,
  due_at timestamp with time zone not null,
  lease uuid,
  lease_until timestamp with time zone,
  message_id text,
  caused_by uuid,
  fact_id uuid,
  charged_at timestamp with time zone,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  updated_at timestamp with time zone not null
);

create table shipment_lines (
  id uuid not null,
  shipment_id uuid not null,
  order_line_id uuid not null,
  quantity numeric not null
);

create table shipments (
  id uuid not null,
  number text not null,
  order_id uuid not null,
  contact_id uuid,
  account_id uuid,
  carrier text,
  tracking_number text,
  promised_at date,
  shipped_at timestamp with time zone not null,
  delivered_at timestamp with time zone,
  line_count integer not null,
  sent_fact uuid,
  delivered_fact uuid,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  custom jsonb not null default '{}'::jsonb
);

create table sla_policies (
  version integer not null,
  policies jsonb not null,
  reopen_days integer not null,
  created_by text not null,
  created_at timestamp with time zone not null default now()
);

create table stage_spells (
  id uuid not null,
  opportunity_id uuid not null,
  stage_id uuid not null,
  entered_at timestamp with time zone not null,
  left_at timestamp with time zone,
  actor_name text not null
);

create table suppressions (
  address text not null,
  scope text not null,
  why text not null,
  source text not null,
  send_id uuid,
  by_name text not null,
  created_at timestamp with time zone not null
);

create table survey_invitations (
  id uuid not null,
  survey_id uuid not null,
  contact_id uuid not null,
  account_id uuid,
  trigger_fact uuid,
  wave text not null,
  case_id uuid,
  order_id uuid,
  product_id uuid,
  state text not null,
  code text,
  reason text,
  due_at timestamp with time zone not null,
  question_version integer,
  send_id uuid,
  decided_at timestamp with time zone,
  sent_fact uuid,
  remind_at timestamp with time zone,
  reminded_at timestamp with time zone,
  reminder_held text,
  answered_at timestamp with time zone,
  created_at timestamp with time zone not null
);

create table survey_responses (
  id uuid not null,
  survey_id uuid not null,
  invitation_id uuid not null,
  contact_id uuid not null,
  account_id uuid,
  wave text not null,
  kind text not null,
  question_version integer not null,
  score integer not null,
  scale integer[] not null,
  comment text,
  channel text not null default 'mail'::text,
  at timestamp with time zone not null,
  edited_at timestamp with time zone,
  fact_id uuid not null,
  case_id uuid
);

create table survey_wordings (
  survey_id uuid not null,
  version integer not null,
  question text not null,
  follow_up text not null,
  at timestamp with time zone not null
);

create table surveys (
  id uuid not null,
  name text not null,
  kind text not null,
  question text not null,
  follow_up text not null,
  question_version integer not null default 1,
  trigger text not null,
  delay_hours integer not null,
  sample integer not null,
  rest_days integer not null,
  reminder_days integer not null,
  active boolean not null default true,
  sent_count integer not null default 0,
  answer_count integer not null default 0,
  last_answered_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone
);

create table tagged (
  id uuid not null,
  record_id uuid not null,
  object text not null,
  tag_id uuid not null,
  came_from uuid,
  by_name text not null,
  created_at timestamp with time zone not null,
  deleted_at timestamp with time zone
);

create table tags (
  id uuid not null,
  name text not null,
  tone text not null default 'gray'::text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  merged_into uuid
);

create table tasks (
  id uuid not null,
  key text,
  title text not null,
  kind text not null default 'todo'::text,
  reason text,
  contact_id uuid,
  account_id uuid,
  owner_id uuid,
  due_at timestamp with time zone,
  about_object text,
  about_id text,
  status text not null default 'open'::text,
  done_at timestamp with time zone,
  outcome text,
  caused_by uuid,
  done_fact uuid,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  deleted_at timestamp with time zone,
  remind_at timestamp with time zone,
  told_at timestamp with time zone,
  custom jsonb not null default '{}'::jsonb
);

create table team_members (
  team_id uuid not null,
  user_id uuid not null
);

create table teams (
  id uuid not null,
  name text not null,
  created_at timestamp with time zone not null default now(),
  version integer not null default 1
);

create table territories (
  id uuid not null,
  name text not null,
  object text not null,
  condition jsonb not null,
  version integer not null default 1,
  created_at timestamp with time zone not null default now()
);

create table territory_holders (
  territory_id uuid not null,
  user_id uuid,
  team_id uuid
);

create table theme_mentions (
  theme_id uuid not null,
  key text not null,
  fact_id uuid not null,
  name text not null,
  occurred_at timestamp with time zone not null,
  contact_id uuid,
  account_id uuid,
  order_id uuid,
  product_id uuid,
  return_id uuid,
  base_amount bigint not null default 0,
  said text,
  rules_version integer not null
);

create table themes (
  id uuid not null,
  name text not null,
  description text,
  definition jsonb not null,
  rules_version integer not null default 1,
  active boolean not null default true,
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

create table trash_settings (
  one boolean not null default true,
  keep_days integer not null default 30,
  looked_at timestamp with time zone,
  version integer not null default 1
);

create table turned_down (
  user_id uuid not null,
  due_id text not null,
  fact_id uuid not null,
  at timestamp with time zone not null
);

create table unwanted_recommendations (
  contact_id uuid not null,
  product_id uuid not null,
  at timestamp with time zone not null
);

create table view_defaults (
  object text not null,
  user_id uuid,
  view_id uuid not null
);

create table view_pins (
  object text not null,
  user_id uuid,
  view_id uuid not null,
  position integer not null
);

create table worth_runs (
  what text not null,
  due_at timestamp with time zone,
  ran_at timestamp with time zone,
  took_ms integer not null default 0,
  told jsonb not null default '{}'::jsonb
);
alter table accounts add constraint accounts_pkey PRIMARY KEY (id);
alter table accounts add constraint accounts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table announcements add constraint announcements_pkey PRIMARY KEY (improvement_id, contact_id);
alter table announcements add constraint announcements_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table announcements add constraint announcements_improvement_id_fkey FOREIGN KEY (improvement_id) REFERENCES improvements(id);
alter table bulk_failures add constraint bulk_failures_pkey PRIMARY KEY (job_id, record_id, object, field);
alter table bulk_rows add constraint bulk_rows_pkey PRIMARY KEY (job_id, record_id);
alter table calendars add constraint calendars_pkey PRIMARY KEY (version);
alter table calls add constraint calls_pkey PRIMARY KEY (id);
alter table calls add constraint calls_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE SET NULL;
alter table calls add constraint calls_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table calls add constraint calls_minutes_check CHECK (((minutes >= 0) AND (minutes <= 1440)));
alter table calls add constraint calls_outcome_check CHECK ((outcome = ANY (ARRAY['reached'::text, 'left_message'::text, 'no_answer'::text, 'called_us'::text])));
alter table campaigns add constraint campaigns_pkey PRIMARY KEY (id);
alter table campaigns add constraint campaigns_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segments(id);
alter table campaigns add constraint campaigns_body_check CHECK ((length(body) <= 200000));
alter table campaigns add constraint campaigns_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table campaigns add constraint campaigns_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'scheduled'::text, 'sending'::text, 'paused'::text, 'sent'::text, 'cancelled'::text])));
alter table case_messages add constraint case_messages_message_id_key UNIQUE (message_id);
alter table case_messages add constraint case_messages_pkey PRIMARY KEY (id);
alter table case_messages add constraint case_messages_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id) ON DELETE CASCADE;
alter table case_messages add constraint case_messages_body_check CHECK (((length(body) >= 1) AND (length(body) <= 20000)));
alter table case_messages add constraint case_messages_kind_check CHECK ((kind = ANY (ARRAY['public'::text, 'note'::text, 'auto'::text])));
alter table case_pauses add constraint case_pauses_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id) ON DELETE CASCADE;
alter table case_pauses add constraint case_pauses_check CHECK ((until_at >= from_at));
alter table case_pauses add constraint case_pauses_why_check CHECK ((why = ANY (ARRAY['waiting'::text, 'resolved'::text])));
alter table case_targets add constraint case_targets_pkey PRIMARY KEY (id);
alter table case_targets add constraint case_targets_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id) ON DELETE CASCADE;
alter table case_targets add constraint case_targets_check CHECK (((outcome IS NULL) = (ended_at IS NULL)));
alter table case_targets add constraint case_targets_clock_check CHECK ((clock = ANY (ARRAY['business'::text, 'elapsed'::text])));
alter table case_targets add constraint case_targets_kind_check CHECK ((kind = ANY (ARRAY['first_response'::text, 'next_response'::text, 'resolution'::text])));
alter table case_targets add constraint case_targets_outcome_check CHECK ((outcome = ANY (ARRAY['met'::text, 'missed'::text, 'cancelled'::text])));
alter table case_targets add constraint case_targets_seconds_check CHECK ((seconds > 0));
alter table cases add constraint cases_number_key UNIQUE (number);
alter table cases add constraint cases_pkey PRIMARY KEY (id);
alter table cases add constraint cases_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE SET NULL;
alter table cases add constraint cases_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table cases add constraint cases_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE SET NULL;
alter table cases add constraint cases_order_line_id_fkey FOREIGN KEY (order_line_id) REFERENCES order_lines(id) ON DELETE SET NULL;
alter table cases add constraint cases_previous_id_fkey FOREIGN KEY (previous_id) REFERENCES cases(id) ON DELETE SET NULL;
alter table cases add constraint cases_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE SET NULL;
alter table cases add constraint cases_reason_id_fkey FOREIGN KEY (reason_id) REFERENCES reasons(id) ON DELETE SET NULL;
alter table cases add constraint cases_channel_check CHECK ((channel = ANY (ARRAY['hand'::text, 'page'::text, 'mail'::text, 'form'::text, 'survey'::text, 'phone'::text])));
alter table cases add constraint cases_dismissed_as_check CHECK ((dismissed_as = ANY (ARRAY['spam'::text, 'duplicate'::text, 'out_of_scope'::text, 'mistake'::text])));
alter table cases add constraint cases_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'urgent'::text])));
alter table cases add constraint cases_status_check CHECK ((status = ANY (ARRAY['open'::text, 'waiting'::text, 'resolved'::text, 'closed'::text])));
alter table cases add constraint cases_subject_check CHECK (((length(subject) >= 1) AND (length(subject) <= 200)));
alter table cases add constraint cases_type_check CHECK ((type = ANY (ARRAY['question'::text, 'problem'::text, 'complaint'::text, 'request'::text])));
alter table change_sets add constraint change_sets_pkey PRIMARY KEY (id);
alter table changes add constraint changes_pkey PRIMARY KEY (record_id, set_id, object);
alter table changes add constraint changes_set_id_fkey FOREIGN KEY (set_id) REFERENCES change_sets(id);
alter table changes add constraint changes_action_check CHECK ((action = ANY (ARRAY['created'::text, 'updated'::text, 'trashed'::text, 'restored'::text])));
alter table comments add constraint comments_pkey PRIMARY KEY (id);
alter table consent_log add constraint consent_log_pkey PRIMARY KEY (id);
alter table consent_log add constraint consent_log_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table consent_log add constraint consent_log_basis_check CHECK ((basis = ANY (ARRAY['consent'::text, 'contract'::text, 'legitimate_interest'::text])));
alter table consent_log add constraint consent_log_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'phone'::text, 'post'::text])));
alter table consent_log add constraint consent_log_evidence_check CHECK ((length(evidence) <= 1000));
alter table consent_log add constraint consent_log_purpose_check CHECK (((length(purpose) >= 1) AND (length(purpose) <= 40)));
alter table consent_log add constraint consent_log_source_check CHECK (((length(source) >= 1) AND (length(source) <= 200)));
alter table consent_log add constraint consent_log_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'given'::text, 'withdrawn'::text])));
alter table consent_log add constraint consent_log_wording_check CHECK ((length(wording) <= 4000));
alter table consents add constraint consents_pkey PRIMARY KEY (contact_id, purpose, channel);
alter table consents add constraint consents_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table consents add constraint consents_log_id_fkey FOREIGN KEY (log_id) REFERENCES consent_log(id) ON DELETE CASCADE;
alter table consents add constraint consents_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'given'::text, 'withdrawn'::text])));
alter table consumers add constraint consumers_pkey PRIMARY KEY (name);
alter table contact_budgets add constraint contact_budgets_pkey PRIMARY KEY (contact_id);
alter table contact_budgets add constraint contact_budgets_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table contacts add constraint contacts_pkey PRIMARY KEY (id);
alter table contacts add constraint contacts_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
alter table contacts add constraint contacts_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table contacts add constraint contacts_rfm_frequency_check CHECK (((rfm_frequency >= 1) AND (rfm_frequency <= 5)));
alter table contacts add constraint contacts_rfm_money_check CHECK (((rfm_money >= 1) AND (rfm_money <= 5)));
alter table contacts add constraint contacts_rfm_recency_check CHECK (((rfm_recency >= 1) AND (rfm_recency <= 5)));
alter table custom_definitions add constraint custom_definitions_pkey PRIMARY KEY (one);
alter table custom_definitions add constraint custom_definitions_one_check CHECK (one);
alter table custom_fields add constraint custom_fields_object_key_key UNIQUE (object, key);
alter table custom_fields add constraint custom_fields_pkey PRIMARY KEY (id);
alter table custom_fields add constraint custom_fields_fast_check CHECK ((fast = ANY (ARRAY['off'::text, 'building'::text, 'ready'::text, 'failed'::text])));
alter table custom_fields add constraint custom_fields_uniqueness_check CHECK ((uniqueness = ANY (ARRAY['off'::text, 'building'::text, 'ready'::text, 'failed'::text])));
alter table custom_objects add constraint custom_objects_key_key UNIQUE (key);
alter table custom_objects add constraint custom_objects_pkey PRIMARY KEY (id);
alter table digest_hours add constraint digest_hours_pkey PRIMARY KEY (user_id);
alter table digest_hours add constraint digest_hours_hour_check CHECK (((hour >= 0) AND (hour <= 23)));
alter table digests add constraint digests_pkey PRIMARY KEY (id);
alter table duplicate_pairs add constraint duplicate_pairs_pkey PRIMARY KEY (a, b);
alter table duplicate_pairs add constraint duplicate_pairs_check CHECK ((a < b));
alter table duplicate_pairs add constraint duplicate_pairs_state_check CHECK ((state = ANY (ARRAY['open'::text, 'dismissed'::text])));
alter table duplicate_rules add constraint duplicate_rules_pkey PRIMARY KEY (object, rule);
alter table duplicate_rules add constraint duplicate_rules_threshold_check CHECK (((threshold >= (0)::double precision) AND (threshold <= (1)::double precision)));
alter table external_ids add constraint external_ids_pkey PRIMARY KEY (object, system, external_id);
alter table fact_withdrawals add constraint fact_withdrawals_pkey PRIMARY KEY (fact_id);
alter table fact_withdrawals add constraint fact_withdrawals_fact_id_fkey FOREIGN KEY (fact_id) REFERENCES facts(id);
alter table fact_withdrawals add constraint fact_withdrawals_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES facts(id);
alter table facts add constraint facts_pkey PRIMARY KEY (id);
alter table favourites add constraint favourites_pkey PRIMARY KEY (user_id, record_id);
alter table files add constraint files_pkey PRIMARY KEY (id);
alter table files add constraint files_bytes_check CHECK ((bytes >= 0));
alter table files add constraint files_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table followers add constraint followers_pkey PRIMARY KEY (record_id, user_id);
alter table form_submissions add constraint form_submissions_pkey PRIMARY KEY (id);
alter table form_submissions add constraint form_submissions_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table form_submissions add constraint form_submissions_form_id_fkey FOREIGN KEY (form_id) REFERENCES forms(id) ON DELETE CASCADE;
alter table form_submissions add constraint form_submissions_verdict_check CHECK ((verdict = ANY (ARRAY['accepted'::text, 'spam'::text])));
alter table form_wordings add constraint form_wordings_pkey PRIMARY KEY (form_id, purpose, version);
alter table form_wordings add constraint form_wordings_form_id_fkey FOREIGN KEY (form_id) REFERENCES forms(id) ON DELETE CASCADE;
alter table form_wordings add constraint form_wordings_wording_check CHECK (((length(wording) >= 1) AND (length(wording) <= 4000)));
alter table forms add constraint forms_pkey PRIMARY KEY (id);
alter table forms add constraint forms_key_check CHECK ((key ~ '^[a-z0-9][a-z0-9-]{0,59}$'::text));
alter table forms add constraint forms_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table health_runs add constraint health_runs_pkey PRIMARY KEY (what);
alter table health_runs add constraint health_runs_what_check CHECK ((what = 'daily'::text));
alter table health_scores add constraint health_scores_pkey PRIMARY KEY (contact_id, day);
alter table health_scores add constraint health_scores_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table health_scores add constraint health_scores_score_check CHECK (((score >= 0) AND (score <= 100)));
alter table import_failures add constraint import_failures_pkey PRIMARY KEY (import_id, "row");
alter table import_failures add constraint import_failures_import_id_fkey FOREIGN KEY (import_id) REFERENCES imports(id) ON DELETE CASCADE;
alter table import_mappings add constraint import_mappings_pkey PRIMARY KEY (id);
alter table import_rows add constraint import_rows_pkey PRIMARY KEY (import_id, key, unit, "row");
alter table imports add constraint imports_pkey PRIMARY KEY (id);
alter table improvement_people add constraint improvement_people_pkey PRIMARY KEY (improvement_id, contact_id);
alter table improvement_people add constraint improvement_people_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table improvement_people add constraint improvement_people_improvement_id_fkey FOREIGN KEY (improvement_id) REFERENCES improvements(id);
alter table improvement_people add constraint improvement_people_arm_check CHECK ((arm = ANY (ARRAY['treated'::text, 'held'::text])));
alter table improvements add constraint improvements_pkey PRIMARY KEY (id);
alter table improvements add constraint improvements_held_segment_id_fkey FOREIGN KEY (held_segment_id) REFERENCES segments(id) ON DELETE SET NULL;
alter table improvements add constraint improvements_insight_id_fkey FOREIGN KEY (insight_id) REFERENCES insights(id);
alter table improvements add constraint improvements_repeats_id_fkey FOREIGN KEY (repeats_id) REFERENCES improvements(id);
alter table improvements add constraint improvements_treated_segment_id_fkey FOREIGN KEY (treated_segment_id) REFERENCES segments(id) ON DELETE SET NULL;
alter table improvements add constraint improvements_check CHECK (((start_at IS NULL) = (state = 'draft'::text)));
alter table improvements add constraint improvements_check1 CHECK ((review_at > start_at));
alter table improvements add constraint improvements_cost_amount_check CHECK ((cost_amount >= 0));
alter table improvements add constraint improvements_kind_check CHECK ((kind = ANY (ARRAY['product'::text, 'process'::text, 'message'::text, 'price'::text, 'service'::text, 'other'::text])));
alter table improvements add constraint improvements_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table improvements add constraint improvements_next_step_check CHECK ((next_step = ANY (ARRAY['keep'::text, 'stop'::text, 'change'::text, 'repeat'::text])));
alter table improvements add constraint improvements_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'running'::text, 'review'::text, 'done'::text, 'stopped'::text])));
alter table improvements add constraint improvements_verdict_check CHECK ((verdict = ANY (ARRAY['worked'::text, 'no_effect'::text, 'worse'::text, 'too_early'::text])));
alter table insight_people add constraint insight_people_pkey PRIMARY KEY (insight_id, contact_id);
alter table insight_people add constraint insight_people_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table insight_people add constraint insight_people_insight_id_fkey FOREIGN KEY (insight_id) REFERENCES insights(id);
alter table insights add constraint insights_pkey PRIMARY KEY (id);
alter table insights add constraint insights_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segments(id) ON DELETE SET NULL;
alter table insights add constraint insights_theme_id_fkey FOREIGN KEY (theme_id) REFERENCES themes(id);
alter table insights add constraint insights_check CHECK (((theme_id IS NOT NULL) = (kind = 'theme'::text)));
alter table insights add constraint insights_kind_check CHECK ((kind = ANY (ARRAY['theme'::text, 'link'::text, 'segment'::text])));
alter table insights add constraint insights_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table insights add constraint insights_state_check CHECK ((state = ANY (ARRAY['open'::text, 'in_improvement'::text, 'closed'::text])));
alter table invoice_lines add constraint invoice_lines_invoice_id_position_key UNIQUE (invoice_id, "position");
alter table invoice_lines add constraint invoice_lines_pkey PRIMARY KEY (id);
alter table invoice_lines add constraint invoice_lines_credits_line_id_fkey FOREIGN KEY (credits_line_id) REFERENCES invoice_lines(id) ON DELETE SET NULL;
alter table invoice_lines add constraint invoice_lines_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES invoices(id) ON DELETE CASCADE;
alter table invoice_lines add constraint invoice_lines_order_line_id_fkey FOREIGN KEY (order_line_id) REFERENCES order_lines(id) ON DELETE SET NULL;
alter table invoice_lines add constraint invoice_lines_check CHECK ((total >= tax));
alter table invoice_lines add constraint invoice_lines_check1 CHECK (((credited_quantity >= (0)::numeric) AND (credited_quantity <= quantity)));
alter table invoice_lines add constraint invoice_lines_check2 CHECK (((credited_total >= 0) AND (credited_total <= total)));
alter table invoice_lines add constraint invoice_lines_check3 CHECK (((credited_tax >= 0) AND (credited_tax <= tax)));
alter table invoice_lines add constraint invoice_lines_quantity_check CHECK ((quantity > (0)::numeric));
alter table invoice_lines add constraint invoice_lines_tax_check CHECK ((tax >= 0));
alter table invoice_series add constraint invoice_series_pkey PRIMARY KEY (kind);
alter table invoices add constraint invoices_number_key UNIQUE (number);
alter table invoices add constraint invoices_pkey PRIMARY KEY (id);
alter table invoices add constraint invoices_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
alter table invoices add constraint invoices_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id);
alter table invoices add constraint invoices_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES invoices(id);
alter table invoices add constraint invoices_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id);
alter table invoices add constraint invoices_reason_id_fkey FOREIGN KEY (reason_id) REFERENCES reasons(id);
alter table invoices add constraint invoices_check CHECK (((invoice_id IS NOT NULL) = (kind = 'credit_note'::text)));
alter table invoices add constraint invoices_check1 CHECK (((total > 0) AND (total = (net + tax))));
alter table invoices add constraint invoices_check2 CHECK (((credited >= 0) AND (credited <= total)));
alter table invoices add constraint invoices_kind_check CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text])));
alter table invoices add constraint invoices_net_check CHECK ((net >= 0));
alter table invoices add constraint invoices_tax_check CHECK ((tax >= 0));
alter table jobs add constraint jobs_pkey PRIMARY KEY (id);
alter table jobs add constraint jobs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'paused'::text, 'done'::text, 'failed'::text, 'cancelled'::text])));
alter table lead_flips add constraint lead_flips_pkey PRIMARY KEY (lead_id);
alter table lead_flips add constraint lead_flips_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id) ON DELETE CASCADE;
alter table lead_points add constraint lead_points_pkey PRIMARY KEY (id);
alter table lead_points add constraint lead_points_lead_id_fkey FOREIGN KEY (lead_id) REFERENCES leads(id) ON DELETE CASCADE;
alter table lead_points add constraint lead_points_how_check CHECK ((how = ANY (ARRAY['opened'::text, 'fact'::text, 'time'::text, 'rules'::text])));
alter table lead_rules add constraint lead_rules_pkey PRIMARY KEY (version);
alter table lead_settings add constraint lead_settings_pkey PRIMARY KEY (one);
alter table lead_settings add constraint lead_settings_one_check CHECK (one);
alter table lead_settings add constraint lead_settings_respond_within_check CHECK (((respond_within >= 60) AND (respond_within <= 2592000)));
alter table lead_turns add constraint lead_turns_pkey PRIMARY KEY (user_id);
alter table leads add constraint leads_pkey PRIMARY KEY (id);
alter table leads add constraint leads_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE SET NULL;
alter table leads add constraint leads_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table leads add constraint leads_status_check CHECK ((status = ANY (ARRAY['open'::text, 'working'::text, 'qualified'::text, 'disqualified'::text])));
alter table lenses add constraint lenses_pkey PRIMARY KEY (key);
alter table letterhead add constraint letterhead_pkey PRIMARY KEY (one);
alter table letterhead add constraint letterhead_one_check CHECK (one);
alter table lifecycle_acts add constraint lifecycle_acts_pkey PRIMARY KEY (subject_id, "position");
alter table lifecycle_rules add constraint lifecycle_rules_pkey PRIMARY KEY (version);
alter table lifecycle_transitions add constraint lifecycle_transitions_pkey PRIMARY KEY (id);
alter table lifecycle_transitions add constraint lifecycle_transitions_subject_check CHECK ((subject = ANY (ARRAY['contact'::text, 'account'::text])));
alter table lifecycle_walks add constraint lifecycle_walks_pkey PRIMARY KEY (subject_id);
alter table lifecycle_walks add constraint lifecycle_walks_subject_check CHECK ((subject = ANY (ARRAY['contact'::text, 'account'::text])));
alter table line_cancellations add constraint line_cancellations_pkey PRIMARY KEY (id);
alter table line_cancellations add constraint line_cancellations_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE CASCADE;
alter table line_cancellations add constraint line_cancellations_order_line_id_fkey FOREIGN KEY (order_line_id) REFERENCES order_lines(id) ON DELETE CASCADE;
alter table line_cancellations add constraint line_cancellations_amount_check CHECK ((amount >= 0));
alter table line_cancellations add constraint line_cancellations_quantity_check CHECK ((quantity > (0)::numeric));
alter table link_targets add constraint link_targets_pkey PRIMARY KEY (id);
alter table link_targets add constraint link_targets_days_check CHECK ((days > 0));
alter table link_targets add constraint link_targets_rate_check CHECK (((rate > (0)::numeric) AND (rate <= (1)::numeric)));
alter table loyalty_allocations add constraint loyalty_allocations_pkey PRIMARY KEY (spend_id, "position");
alter table loyalty_allocations add constraint loyalty_allocations_lot_id_fkey FOREIGN KEY (lot_id) REFERENCES loyalty_lots(id) ON DELETE CASCADE;
alter table loyalty_allocations add constraint loyalty_allocations_spend_id_fkey FOREIGN KEY (spend_id) REFERENCES loyalty_spends(id) ON DELETE CASCADE;
alter table loyalty_allocations add constraint loyalty_allocations_check CHECK (((restored >= 0) AND (restored <= points)));
alter table loyalty_allocations add constraint loyalty_allocations_points_check CHECK ((points > 0));
alter table loyalty_entries add constraint loyalty_entries_key_key UNIQUE (key);
alter table loyalty_entries add constraint loyalty_entries_pkey PRIMARY KEY (id);
alter table loyalty_entries add constraint loyalty_entries_lot_id_fkey FOREIGN KEY (lot_id) REFERENCES loyalty_lots(id) ON DELETE CASCADE;
alter table loyalty_entries add constraint loyalty_entries_member_id_fkey FOREIGN KEY (member_id) REFERENCES loyalty_members(id) ON DELETE CASCADE;
alter table loyalty_entries add constraint loyalty_entries_spend_id_fkey FOREIGN KEY (spend_id) REFERENCES loyalty_spends(id) ON DELETE CASCADE;
alter table loyalty_entries add constraint loyalty_entries_check CHECK ((((((pending + available) + debt) + redeemed) + expired) = issued));
alter table loyalty_entries add constraint loyalty_entries_kind_check CHECK ((kind = ANY (ARRAY['earned'::text, 'activated'::text, 'spent'::text, 'captured'::text, 'restored'::text, 'expired'::text, 'reversed'::text, 'adjusted'::text])));
alter table loyalty_lots add constraint loyalty_lots_key_key UNIQUE (key);
alter table loyalty_lots add constraint loyalty_lots_pkey PRIMARY KEY (id);
alter table loyalty_lots add constraint loyalty_lots_member_id_fkey FOREIGN KEY (member_id) REFERENCES loyalty_members(id) ON DELETE CASCADE;
alter table loyalty_lots add constraint loyalty_lots_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE SET NULL;
alter table loyalty_lots add constraint loyalty_lots_rules_fkey FOREIGN KEY (rules) REFERENCES loyalty_rules(version);
alter table loyalty_lots add constraint loyalty_lots_check CHECK (((remaining >= 0) AND (remaining <= original)));
alter table loyalty_lots add constraint loyalty_lots_check1 CHECK (((reversed >= 0) AND (reversed <= original)));
alter table loyalty_lots add constraint loyalty_lots_check2 CHECK (((expired >= 0) AND (expired <= original)));
alter table loyalty_lots add constraint loyalty_lots_original_check CHECK ((original > 0));
alter table loyalty_lots add constraint loyalty_lots_source_check CHECK ((source = ANY (ARRAY['order'::text, 'grant'::text, 'hand'::text])));
alter table loyalty_lots add constraint loyalty_lots_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'active'::text, 'spent'::text, 'expired'::text, 'reversed'::text])));
alter table loyalty_members add constraint loyalty_members_contact_id_key UNIQUE (contact_id);
alter table loyalty_members add constraint loyalty_members_pkey PRIMARY KEY (id);
alter table loyalty_members add constraint loyalty_members_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table loyalty_members add constraint loyalty_members_available_check CHECK ((available >= 0));
alter table loyalty_members add constraint loyalty_members_check CHECK ((((((pending + available) + debt) + redeemed) + expired) = issued));
alter table loyalty_members add constraint loyalty_members_debt_check CHECK ((debt <= 0));
alter table loyalty_members add constraint loyalty_members_expired_check CHECK ((expired >= 0));
alter table loyalty_members add constraint loyalty_members_issued_check CHECK ((issued >= 0));
alter table loyalty_members add constraint loyalty_members_pending_check CHECK ((pending >= 0));
alter table loyalty_members add constraint loyalty_members_redeemed_check CHECK ((redeemed >= 0));
alter table loyalty_programs add constraint loyalty_programs_one_key UNIQUE (one);
alter table loyalty_programs add constraint loyalty_programs_pkey PRIMARY KEY (id);
alter table loyalty_programs add constraint loyalty_programs_rules FOREIGN KEY (rules) REFERENCES loyalty_rules(version);
alter table loyalty_programs add constraint loyalty_programs_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)));
alter table loyalty_programs add constraint loyalty_programs_one_check CHECK (one);
alter table loyalty_rules add constraint loyalty_rules_pkey PRIMARY KEY (version);
alter table loyalty_spends add constraint loyalty_spends_key_key UNIQUE (key);
alter table loyalty_spends add constraint loyalty_spends_pkey PRIMARY KEY (id);
alter table loyalty_spends add constraint loyalty_spends_member_id_fkey FOREIGN KEY (member_id) REFERENCES loyalty_members(id) ON DELETE CASCADE;
alter table loyalty_spends add constraint loyalty_spends_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE SET NULL;
alter table loyalty_spends add constraint loyalty_spends_rules_fkey FOREIGN KEY (rules) REFERENCES loyalty_rules(version);
alter table loyalty_spends add constraint loyalty_spends_check CHECK (((restored >= 0) AND (restored <= points)));
alter table loyalty_spends add constraint loyalty_spends_points_check CHECK ((points > 0));
alter table loyalty_spends add constraint loyalty_spends_state_check CHECK ((state = ANY (ARRAY['held'::text, 'captured'::text, 'released'::text])));
alter table loyalty_tiers add constraint loyalty_tiers_pkey PRIMARY KEY (id);
alter table loyalty_tiers add constraint loyalty_tiers_member_id_fkey FOREIGN KEY (member_id) REFERENCES loyalty_members(id) ON DELETE CASCADE;
alter table loyalty_tiers add constraint loyalty_tiers_reason_check CHECK ((reason = ANY (ARRAY['reached'::text, 'kept'::text, 'grace'::text, 'lost'::text])));
alter table loyalty_vouchers add constraint loyalty_vouchers_code_key UNIQUE (code);
alter table loyalty_vouchers add constraint loyalty_vouchers_pkey PRIMARY KEY (id);
alter table loyalty_vouchers add constraint loyalty_vouchers_id_fkey FOREIGN KEY (id) REFERENCES loyalty_spends(id) ON DELETE CASCADE;
alter table loyalty_vouchers add constraint loyalty_vouchers_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments(id) ON DELETE SET NULL;
alter table loyalty_vouchers add constraint loyalty_vouchers_amount_check CHECK ((amount > 0));
alter table mail_hits add constraint mail_hits_pkey PRIMARY KEY (id);
alter table mail_hits add constraint mail_hits_link_id_fkey FOREIGN KEY (link_id) REFERENCES mail_links(id);
alter table mail_hits add constraint mail_hits_send_id_fkey FOREIGN KEY (send_id) REFERENCES sends(id) ON DELETE CASCADE;
alter table mail_hits add constraint mail_hits_class_check CHECK ((class = ANY (ARRAY['human'::text, 'machine'::text, 'unsure'::text])));
alter table mail_hits add constraint mail_hits_kind_check CHECK ((kind = ANY (ARRAY['open'::text, 'click'::text])));
alter table mail_links add constraint mail_links_pkey PRIMARY KEY (id);
alter table mail_links add constraint mail_links_url_check CHECK ((length(url) <= 4000));
alter table mail_settings add constraint mail_settings_pkey PRIMARY KEY (only_row);
alter table mail_settings add constraint mail_settings_budget_mails_check CHECK (((budget_mails >= 0) AND (budget_mails <= 1000)));
alter table mail_settings add constraint mail_settings_only_row_check CHECK (only_row);
alter table mail_settings add constraint mail_settings_quiet_hours_check CHECK (((quiet_hours >= 0) AND (quiet_hours <= 720)));
alter table measurements add constraint measurements_improvement_id_review_at_key UNIQUE (improvement_id, review_at);
alter table measurements add constraint measurements_pkey PRIMARY KEY (id);
alter table measurements add constraint measurements_improvement_id_fkey FOREIGN KEY (improvement_id) REFERENCES improvements(id);
alter table measurements add constraint measurements_verdict_check CHECK ((verdict = ANY (ARRAY['worked'::text, 'no_effect'::text, 'worse'::text, 'too_early'::text])));
alter table merge_images add constraint merge_images_pkey PRIMARY KEY (merge_id, seq);
alter table merge_images add constraint merge_images_merge_id_fkey FOREIGN KEY (merge_id) REFERENCES record_merges(id) ON DELETE CASCADE;
alter table merge_moves add constraint merge_moves_pkey PRIMARY KEY (merge_id, seq);
alter table merge_moves add constraint merge_moves_merge_id_fkey FOREIGN KEY (merge_id) REFERENCES record_merges(id) ON DELETE CASCADE;
alter table merged_records add constraint merged_records_pkey PRIMARY KEY (loser_id);
alter table merged_records add constraint merged_records_merge_id_fkey FOREIGN KEY (merge_id) REFERENCES record_merges(id) ON DELETE CASCADE;
alter table migrations add constraint migrations_pkey PRIMARY KEY (name);
alter table notes add constraint notes_pkey PRIMARY KEY (id);
alter table notes add constraint notes_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE SET NULL;
alter table notes add constraint notes_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table notes add constraint notes_text_check CHECK (((length(text) >= 1) AND (length(text) <= 20000)));
alter table notification_ways add constraint notification_ways_pkey PRIMARY KEY (user_id, kind);
alter table notification_ways add constraint notification_ways_way_check CHECK ((way = ANY (ARRAY['off'::text, 'browser'::text, 'digest'::text, 'mail'::text])));
alter table notifications add constraint notifications_pkey PRIMARY KEY (id);
alter table onboarding_plan_versions add constraint onboarding_plan_versions_pkey PRIMARY KEY (plan_id, version);
alter table onboarding_plan_versions add constraint onboarding_plan_versions_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES onboarding_plans(id) ON DELETE CASCADE;
alter table onboarding_plans add constraint onboarding_plans_pkey PRIMARY KEY (id);
alter table onboarding_plans add constraint onboarding_plans_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE SET NULL;
alter table onboarding_plans add constraint onboarding_plans_for_whom_check CHECK ((for_whom = ANY (ARRAY['everybody'::text, 'people'::text, 'companies'::text])));
alter table onboarding_plans add constraint onboarding_plans_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table onboarding_plans add constraint onboarding_plans_stalled_days_check CHECK (((stalled_days >= 1) AND (stalled_days <= 60)));
alter table onboarding_plans add constraint onboarding_plans_starts_on_check CHECK ((starts_on = ANY (ARRAY['placed'::text, 'paid'::text, 'delivered'::text, 'hand'::text])));
alter table onboarding_steps add constraint onboarding_steps_pkey PRIMARY KEY (onboarding_id, key);
alter table onboarding_steps add constraint onboarding_steps_onboarding_id_fkey FOREIGN KEY (onboarding_id) REFERENCES onboardings(id) ON DELETE CASCADE;
alter table onboarding_steps add constraint onboarding_steps_due_from_check CHECK ((due_from = ANY (ARRAY['start'::text, 'ready'::text])));
alter table onboarding_steps add constraint onboarding_steps_kind_check CHECK ((kind = ANY (ARRAY['manual'::text, 'fact'::text, 'answer'::text])));
alter table onboarding_steps add constraint onboarding_steps_owner_check CHECK ((owner = ANY (ARRAY['us'::text, 'customer'::text])));
alter table onboarding_steps add constraint onboarding_steps_state_check CHECK ((state = ANY (ARRAY['blocked'::text, 'ready'::text, 'in_progress'::text, 'done'::text, 'skipped'::text, 'not_applicable'::text])));
alter table onboardings add constraint onboardings_plan_id_order_id_key UNIQUE (plan_id, order_id);
alter table onboardings add constraint onboardings_pkey PRIMARY KEY (id);
alter table onboardings add constraint onboardings_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE;
alter table onboardings add constraint onboardings_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table onboardings add constraint onboardings_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE SET NULL;
alter table onboardings add constraint onboardings_plan_id_plan_version_fkey FOREIGN KEY (plan_id, plan_version) REFERENCES onboarding_plan_versions(plan_id, version);
alter table onboardings add constraint onboardings_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE SET NULL;
alter table onboardings add constraint onboardings_check CHECK (((contact_id IS NOT NULL) OR (account_id IS NOT NULL)));
alter table onboardings add constraint onboardings_percent_check CHECK (((percent >= 0) AND (percent <= 100)));
alter table onboardings add constraint onboardings_status_check CHECK ((status = ANY (ARRAY['running'::text, 'stalled'::text, 'completed'::text, 'ended'::text])));
alter table opportunities add constraint opportunities_pkey PRIMARY KEY (id);
alter table opportunities add constraint opportunities_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
alter table opportunities add constraint opportunities_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id);
alter table opportunities add constraint opportunities_lost_reason_id_fkey FOREIGN KEY (lost_reason_id) REFERENCES reasons(id);
alter table opportunities add constraint opportunities_pipeline_id_fkey FOREIGN KEY (pipeline_id) REFERENCES pipelines(id);
alter table opportunities add constraint opportunities_stage_id_fkey FOREIGN KEY (stage_id) REFERENCES pipeline_stages(id);
alter table opportunities add constraint opportunities_amount_check CHECK ((amount >= 0));
alter table opportunities add constraint opportunities_check CHECK (((closed_at IS NULL) = (status = 'open'::text)));
alter table opportunities add constraint opportunities_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table opportunities add constraint opportunities_probability_check CHECK (((probability >= 0) AND (probability <= 100)));
alter table opportunities add constraint opportunities_rate_check CHECK ((rate > (0)::numeric));
alter table opportunities add constraint opportunities_status_check CHECK ((status = ANY (ARRAY['open'::text, 'won'::text, 'lost'::text])));
alter table opportunities add constraint opportunities_to_base_check CHECK ((to_base > (0)::numeric));
alter table opportunities add constraint opportunities_type_check CHECK ((type = ANY (ARRAY['new'::text, 'upsell'::text, 'cross_sell'::text, 'renewal'::text, 'win_back'::text])));
alter table opportunity_lines add constraint opportunity_lines_opportunity_id_position_key UNIQUE (opportunity_id, "position");
alter table opportunity_lines add constraint opportunity_lines_pkey PRIMARY KEY (id);
alter table opportunity_lines add constraint opportunity_lines_opportunity_id_fkey FOREIGN KEY (opportunity_id) REFERENCES opportunities(id) ON DELETE CASCADE;
alter table opportunity_lines add constraint opportunity_lines_price_entry_id_fkey FOREIGN KEY (price_entry_id) REFERENCES price_entries(id) ON DELETE SET NULL;
alter table opportunity_lines add constraint opportunity_lines_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE SET NULL;
alter table opportunity_lines add constraint opportunity_lines_quantity_check CHECK ((quantity > (0)::numeric));
alter table opportunity_lines add constraint opportunity_lines_total_check CHECK ((total >= 0));
alter table opportunity_lines add constraint opportunity_lines_unit_price_check CHECK ((unit_price >= (0)::numeric));
alter table order_lines add constraint order_lines_order_id_position_key UNIQUE (order_id, "position");
alter table order_lines add constraint order_lines_pkey PRIMARY KEY (id);
alter table order_lines add constraint order_lines_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE CASCADE;
alter table order_lines add constraint order_lines_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id);
alter table order_lines add constraint order_lines_cancelled_quantity_check CHECK ((cancelled_quantity >= (0)::numeric));
alter table order_lines add constraint order_lines_check CHECK (((returned_quantity >= (0)::numeric) AND (returned_quantity <= quantity)));
alter table order_lines add constraint order_lines_check1 CHECK (((tax >= 0) AND (tax <= total)));
alter table order_lines add constraint order_lines_check2 CHECK (((invoiced_quantity >= (0)::numeric) AND (invoiced_quantity <= quantity)));
alter table order_lines add constraint order_lines_delivered CHECK (((delivered_quantity >= (0)::numeric) AND (delivered_quantity <= shipped_quantity)));
alter table order_lines add constraint order_lines_discount_check CHECK ((discount >= 0));
alter table order_lines add constraint order_lines_quantity_check CHECK ((quantity > (0)::numeric));
alter table order_lines add constraint order_lines_returned CHECK ((((returned_quantity + cancelled_quantity) <= quantity) AND ((NOT ships) OR (returned_quantity <= shipped_quantity))));
alter table order_lines add constraint order_lines_shipped CHECK (((shipped_quantity + cancelled_quantity) <= quantity));
alter table order_lines add constraint order_lines_shipped_quantity_check CHECK ((shipped_quantity >= (0)::numeric));
alter table order_lines add constraint order_lines_tax_rate_check CHECK (((tax_rate >= (0)::numeric) AND (tax_rate <= (100)::numeric)));
alter table order_lines add constraint order_lines_total_check CHECK ((total >= 0));
alter table order_lines add constraint order_lines_unit_price_check CHECK ((unit_price >= (0)::numeric));
alter table order_terms add constraint order_terms_pkey PRIMARY KEY (one);
alter table order_terms add constraint order_terms_one_check CHECK (one);
alter table order_terms add constraint order_terms_payment_days_check CHECK (((payment_days >= 0) AND (payment_days <= 365)));
alter table order_terms add constraint order_terms_return_days_check CHECK (((return_days >= 0) AND (return_days <= 3650)));
alter table orders add constraint orders_pkey PRIMARY KEY (id);
alter table orders add constraint orders_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
alter table orders add constraint orders_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id);
alter table orders add constraint orders_quote_id_fkey FOREIGN KEY (quote_id) REFERENCES quotes(id) ON DELETE SET NULL;
alter table orders add constraint orders_cancelled CHECK (((cancelled_total >= 0) AND (cancelled_total <= total)));
alter table orders add constraint orders_check CHECK (((paid >= 0) AND (paid <= total)));
alter table orders add constraint orders_check1 CHECK (((refunded >= 0) AND (refunded <= paid)));
alter table orders add constraint orders_fulfilment_status_check CHECK ((fulfilment_status = ANY (ARRAY['not_needed'::text, 'none'::text, 'partial'::text, 'shipped'::text, 'delivered'::text])));
alter table orders add constraint orders_goodwill_check CHECK ((goodwill >= 0));
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
alter table payments add constraint payments_reason_id_fkey FOREIGN KEY (reason_id) REFERENCES reasons(id);
alter table payments add constraint payments_amount_check CHECK ((amount > 0));
alter table payments add constraint payments_kind_check CHECK ((kind = ANY (ARRAY['payment'::text, 'refund'::text])));
alter table pipeline_stages add constraint pipeline_stages_pkey PRIMARY KEY (id);
alter table pipeline_stages add constraint pipeline_stages_pipeline_id_fkey FOREIGN KEY (pipeline_id) REFERENCES pipelines(id) ON DELETE CASCADE;
alter table pipeline_stages add constraint pipeline_stages_category_check CHECK ((category = ANY (ARRAY['open'::text, 'won'::text, 'lost'::text])));
alter table pipeline_stages add constraint pipeline_stages_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)));
alter table pipeline_stages add constraint pipeline_stages_probability_check CHECK (((probability >= 0) AND (probability <= 100)));
alter table pipeline_stages add constraint pipeline_stages_rotting_days_check CHECK (((rotting_days >= 1) AND (rotting_days <= 3650)));
alter table pipeline_stages add constraint pipeline_stages_target_days_check CHECK (((target_days >= 1) AND (target_days <= 3650)));
alter table pipelines add constraint pipelines_pkey PRIMARY KEY (id);
alter table pipelines add constraint pipelines_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table play_runs add constraint play_runs_play_id_trigger_fact_key UNIQUE (play_id, trigger_fact);
alter table play_runs add constraint play_runs_pkey PRIMARY KEY (id);
alter table play_runs add constraint play_runs_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE;
alter table play_runs add constraint play_runs_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table play_runs add constraint play_runs_play_id_fkey FOREIGN KEY (play_id) REFERENCES plays(id);
alter table play_runs add constraint play_runs_task_id_fkey FOREIGN KEY (task_id) REFERENCES tasks(id) ON DELETE SET NULL;
alter table play_runs add constraint play_runs_check CHECK (((contact_id IS NOT NULL) OR (account_id IS NOT NULL)));
alter table play_runs add constraint play_runs_outcome_check CHECK ((outcome = ANY (ARRAY['open'::text, 'saved'::text, 'lost'::text])));
alter table plays add constraint plays_pkey PRIMARY KEY (id);
alter table plays add constraint plays_due_days_check CHECK (((due_days >= 0) AND (due_days <= 60)));
alter table plays add constraint plays_held_out_check CHECK (((held_out >= 0) AND (held_out <= 50)));
alter table plays add constraint plays_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table plays add constraint plays_trigger_check CHECK ((trigger = ANY (ARRAY['at_risk'::text, 'lapsed'::text])));
alter table plays add constraint plays_window_days_check CHECK (((window_days >= 7) AND (window_days <= 365)));
alter table prediction_models add constraint prediction_models_pkey PRIMARY KEY (id);
alter table prediction_models add constraint prediction_models_verdict_check CHECK ((verdict = ANY (ARRAY['good'::text, 'beaten'::text, 'little'::text])));
alter table prediction_models add constraint prediction_models_what_check CHECK ((what = 'buying'::text));
alter table prediction_runs add constraint prediction_runs_pkey PRIMARY KEY (what);
alter table prediction_runs add constraint prediction_runs_what_check CHECK ((what = 'buying'::text));
alter table presence add constraint presence_pkey PRIMARY KEY (page_id);
alter table price_entries add constraint price_entries_list_id_product_id_min_qty_valid_from_key UNIQUE (list_id, product_id, min_qty, valid_from);
alter table price_entries add constraint price_entries_pkey PRIMARY KEY (id);
alter table price_entries add constraint price_entries_list_id_fkey FOREIGN KEY (list_id) REFERENCES price_lists(id) ON DELETE CASCADE;
alter table price_entries add constraint price_entries_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE;
alter table price_entries add constraint price_entries_check CHECK ((valid_from <= valid_to));
alter table price_entries add constraint price_entries_min_qty_check CHECK ((min_qty > (0)::numeric));
alter table price_entries add constraint price_entries_unit_price_check CHECK ((unit_price >= 0));
alter table price_lists add constraint price_lists_pkey PRIMARY KEY (id);
alter table price_lists add constraint price_lists_check CHECK ((valid_from <= valid_to));
alter table price_lists add constraint price_lists_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table private_records add constraint private_records_pkey PRIMARY KEY (record_id);
alter table product_neighbours add constraint product_neighbours_pkey PRIMARY KEY (product_id, other_id);
alter table product_neighbours add constraint product_neighbours_other_id_fkey FOREIGN KEY (other_id) REFERENCES products(id) ON DELETE CASCADE;
alter table product_neighbours add constraint product_neighbours_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE;
alter table products add constraint products_pkey PRIMARY KEY (id);
alter table products add constraint products_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES accounts(id);
alter table products add constraint products_kind_check CHECK ((kind = ANY (ARRAY['goods'::text, 'service'::text])));
alter table products add constraint products_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table products add constraint products_price_check CHECK ((price >= 0));
alter table products add constraint products_status_check CHECK ((status = ANY (ARRAY['active'::text, 'discontinued'::text])));
alter table promotion_codes add constraint promotion_codes_code_key UNIQUE (code);
alter table promotion_codes add constraint promotion_codes_pkey PRIMARY KEY (id);
alter table promotion_codes add constraint promotion_codes_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table promotion_codes add constraint promotion_codes_promotion_id_fkey FOREIGN KEY (promotion_id) REFERENCES promotions(id) ON DELETE CASCADE;
alter table promotion_codes add constraint promotion_codes_check CHECK (((uses_limit IS NULL) OR (used <= uses_limit)));
alter table promotion_codes add constraint promotion_codes_code_check CHECK ((code ~ '^[A-Z0-9]{4,30}$'::text));
alter table promotion_codes add constraint promotion_codes_used_check CHECK ((used >= 0));
alter table promotion_codes add constraint promotion_codes_uses_limit_check CHECK ((uses_limit > 0));
alter table promotion_counts add constraint promotion_counts_pkey PRIMARY KEY (promotion_id, key);
alter table promotion_counts add constraint promotion_counts_promotion_id_fkey FOREIGN KEY (promotion_id) REFERENCES promotions(id) ON DELETE CASCADE;
alter table promotion_counts add constraint promotion_counts_used_check CHECK ((used >= 0));
alter table promotion_goods add constraint promotion_goods_pkey PRIMARY KEY (id);
alter table promotion_goods add constraint promotion_goods_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE SET NULL;
alter table promotion_goods add constraint promotion_goods_promotion_id_fkey FOREIGN KEY (promotion_id) REFERENCES promotions(id) ON DELETE CASCADE;
alter table promotion_goods add constraint promotion_goods_category_check CHECK (((length(category) >= 1) AND (length(category) <= 200)));
alter table promotion_goods add constraint promotion_goods_check CHECK (((product_id IS NULL) OR (category IS NULL)));
alter table promotion_uses add constraint promotion_uses_pkey PRIMARY KEY (id);
alter table promotion_uses add constraint promotion_uses_code_id_fkey FOREIGN KEY (code_id) REFERENCES promotion_codes(id) ON DELETE SET NULL;
alter table promotion_uses add constraint promotion_uses_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE CASCADE;
alter table promotion_uses add constraint promotion_uses_promotion_id_fkey FOREIGN KEY (promotion_id) REFERENCES promotions(id) ON DELETE CASCADE;
alter table promotion_uses add constraint promotion_uses_use_id_fkey FOREIGN KEY (use_id) REFERENCES promotion_uses(id) ON DELETE CASCADE;
alter table promotion_uses add constraint promotion_uses_check CHECK (((kind = 'redeemed'::text) = (use_id IS NULL)));
alter table promotion_uses add constraint promotion_uses_check1 CHECK (((kind = 'redeemed'::text) OR (NOT standing)));
alter table promotion_uses add constraint promotion_uses_kind_check CHECK ((kind = ANY (ARRAY['redeemed'::text, 'adjusted'::text, 'released'::text])));
alter table promotions add constraint promotions_pkey PRIMARY KEY (id);
alter table promotions add constraint promotions_amount_check CHECK ((amount > 0));
alter table promotions add constraint promotions_budget_check CHECK ((budget > 0));
alter table promotions add constraint promotions_check CHECK (((kind = 'percent'::text) = (percent IS NOT NULL)));
alter table promotions add constraint promotions_check1 CHECK (((kind = 'amount'::text) = (amount IS NOT NULL)));
alter table promotions add constraint promotions_check2 CHECK (((valid_to IS NULL) OR (valid_from IS NULL) OR (valid_to > valid_from)));
alter table promotions add constraint promotions_customer_limit_check CHECK ((customer_limit > 0));
alter table promotions add constraint promotions_day_limit_check CHECK ((day_limit > 0));
alter table promotions add constraint promotions_kind_check CHECK ((kind = ANY (ARRAY['percent'::text, 'amount'::text])));
alter table promotions add constraint promotions_min_order_check CHECK ((min_order >= 0));
alter table promotions add constraint promotions_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table promotions add constraint promotions_percent_check CHECK (((percent > (0)::numeric) AND (percent <= (100)::numeric)));
alter table promotions add constraint promotions_spent_check CHECK ((spent >= 0));
alter table promotions add constraint promotions_use_count_check CHECK ((use_count >= 0));
alter table promotions add constraint promotions_uses_limit_check CHECK ((uses_limit > 0));
alter table proposals_put_off add constraint proposals_put_off_pkey PRIMARY KEY (theme_id);
alter table proposals_put_off add constraint proposals_put_off_theme_id_fkey FOREIGN KEY (theme_id) REFERENCES themes(id);
alter table put_off add constraint put_off_pkey PRIMARY KEY (user_id, due_id);
alter table quote_lines add constraint quote_lines_quote_id_position_key UNIQUE (quote_id, "position");
alter table quote_lines add constraint quote_lines_pkey PRIMARY KEY (id);
alter table quote_lines add constraint quote_lines_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id);
alter table quote_lines add constraint quote_lines_quote_id_fkey FOREIGN KEY (quote_id) REFERENCES quotes(id) ON DELETE CASCADE;
alter table quote_lines add constraint quote_lines_check CHECK (((net = ((goods - discount) - share)) AND (net >= 0)));
alter table quote_lines add constraint quote_lines_check1 CHECK (((discount_percent IS NULL) OR (discount_amount IS NULL)));
alter table quote_lines add constraint quote_lines_discount_amount_check CHECK ((discount_amount >= 0));
alter table quote_lines add constraint quote_lines_discount_check CHECK ((discount >= 0));
alter table quote_lines add constraint quote_lines_discount_percent_check CHECK (((discount_percent >= (0)::numeric) AND (discount_percent <= (100)::numeric)));
alter table quote_lines add constraint quote_lines_goods_check CHECK ((goods >= 0));
alter table quote_lines add constraint quote_lines_quantity_check CHECK ((quantity > (0)::numeric));
alter table quote_lines add constraint quote_lines_share_check CHECK ((share >= 0));
alter table quote_lines add constraint quote_lines_tax_check CHECK ((tax >= 0));
alter table quote_lines add constraint quote_lines_tax_rate_check CHECK (((tax_rate >= (0)::numeric) AND (tax_rate <= (100)::numeric)));
alter table quote_lines add constraint quote_lines_unit_price_check CHECK ((unit_price >= (0)::numeric));
alter table quote_versions add constraint quote_versions_quote_id_revision_key UNIQUE (quote_id, revision);
alter table quote_versions add constraint quote_versions_pkey PRIMARY KEY (id);
alter table quote_versions add constraint quote_versions_quote_id_fkey FOREIGN KEY (quote_id) REFERENCES quotes(id) ON DELETE CASCADE;
alter table quotes add constraint quotes_number_key UNIQUE (number);
alter table quotes add constraint quotes_pkey PRIMARY KEY (id);
alter table quotes add constraint quotes_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
alter table quotes add constraint quotes_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id);
alter table quotes add constraint quotes_decline_reason_id_fkey FOREIGN KEY (decline_reason_id) REFERENCES reasons(id);
alter table quotes add constraint quotes_opportunity_id_fkey FOREIGN KEY (opportunity_id) REFERENCES opportunities(id) ON DELETE SET NULL;
alter table quotes add constraint quotes_check CHECK ((total = (net + tax)));
alter table quotes add constraint quotes_check1 CHECK (((discount_percent IS NULL) OR (discount_amount IS NULL)));
alter table quotes add constraint quotes_check2 CHECK (((status <> 'accepted'::text) OR ((accepted_at IS NOT NULL) AND (acceptance IS NOT NULL))));
alter table quotes add constraint quotes_discount_amount_check CHECK ((discount_amount >= 0));
alter table quotes add constraint quotes_discount_check CHECK ((discount >= 0));
alter table quotes add constraint quotes_discount_percent_check CHECK (((discount_percent >= (0)::numeric) AND (discount_percent <= (100)::numeric)));
alter table quotes add constraint quotes_net_check CHECK ((net >= 0));
alter table quotes add constraint quotes_rate_check CHECK ((rate > (0)::numeric));
alter table quotes add constraint quotes_revision_check CHECK ((revision > 0));
alter table quotes add constraint quotes_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'sent'::text, 'viewed'::text, 'accepted'::text, 'declined'::text, 'expired'::text, 'withdrawn'::text])));
alter table quotes add constraint quotes_tax_check CHECK ((tax >= 0));
alter table quotes add constraint quotes_to_base_check CHECK ((to_base > (0)::numeric));
alter table reasons add constraint reasons_key_key UNIQUE (key);
alter table reasons add constraint reasons_pkey PRIMARY KEY (id);
alter table reasons add constraint reasons_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES reasons(id);
alter table reasons add constraint reasons_applies_to_check CHECK (((cardinality(applies_to) > 0) AND (applies_to <@ '{case,return,refund,lost,unqualified,churn}'::text[])));
alter table reasons add constraint reasons_check CHECK ((parent_id <> id));
alter table reasons add constraint reasons_label_check CHECK (((length(label) >= 1) AND (length(label) <= 100)));
alter table record_merges add constraint record_merges_pkey PRIMARY KEY (id);
alter table record_merges add constraint record_merges_state_check CHECK ((state = ANY (ARRAY['done'::text, 'undone'::text])));
alter table record_shares add constraint record_shares_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE;
alter table record_shares add constraint record_shares_check CHECK ((num_nonnulls(user_id, team_id) = 1));
alter table record_visits add constraint record_visits_pkey PRIMARY KEY (user_id, object, record_id);
alter table referral_clicks add constraint referral_clicks_pkey PRIMARY KEY (id);
alter table referral_clicks add constraint referral_clicks_code_id_fkey FOREIGN KEY (code_id) REFERENCES referral_codes(id) ON DELETE CASCADE;
alter table referral_codes add constraint referral_codes_code_key UNIQUE (code);
alter table referral_codes add constraint referral_codes_contact_id_key UNIQUE (contact_id);
alter table referral_codes add constraint referral_codes_pkey PRIMARY KEY (id);
alter table referral_codes add constraint referral_codes_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table referral_codes add constraint referral_codes_code_check CHECK ((code ~ '^[a-z2-9]{10}$'::text));
alter table referral_program add constraint referral_program_pkey PRIMARY KEY (one);
alter table referral_program add constraint referral_program_friend_promotion_id_fkey FOREIGN KEY (friend_promotion_id) REFERENCES promotions(id) ON DELETE SET NULL;
alter table referral_program add constraint referral_program_advocate_limit_check CHECK (((advocate_limit >= 1) AND (advocate_limit <= 1000)));
alter table referral_program add constraint referral_program_daily_flag_check CHECK (((daily_flag >= 1) AND (daily_flag <= 1000)));
alter table referral_program add constraint referral_program_min_order_check CHECK ((min_order >= 0));
alter table referral_program add constraint referral_program_one_check CHECK (one);
alter table referral_program add constraint referral_program_reward_points_check CHECK (((reward_points >= 0) AND (reward_points <= 1000000)));
alter table referral_program add constraint referral_program_window_days_check CHECK (((window_days >= 1) AND (window_days <= 365)));
alter table referrals add constraint referrals_click_id_key UNIQUE (click_id);
alter table referrals add constraint referrals_pkey PRIMARY KEY (id);
alter table referrals add constraint referrals_advocate_id_fkey FOREIGN KEY (advocate_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table referrals add constraint referrals_friend_code_id_fkey FOREIGN KEY (friend_code_id) REFERENCES promotion_codes(id) ON DELETE SET NULL;
alter table referrals add constraint referrals_friend_id_fkey FOREIGN KEY (friend_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table referrals add constraint referrals_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE SET NULL;
alter table referrals add constraint referrals_review_check CHECK ((review = ANY (ARRAY['none'::text, 'waiting'::text, 'cleared'::text, 'refused'::text])));
alter table referrals add constraint referrals_state_check CHECK ((state = ANY (ARRAY['signed_up'::text, 'qualified'::text, 'holding'::text, 'approved'::text, 'rewarded'::text, 'rejected'::text, 'clawed_back'::text])));
alter table reporting_lines add constraint reporting_lines_pkey PRIMARY KEY (user_id);
alter table reporting_lines add constraint reporting_lines_check CHECK ((manager_id <> user_id));
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
alter table returns add constraint returns_reason_id_fkey FOREIGN KEY (reason_id) REFERENCES reasons(id);
alter table returns add constraint returns_rate_check CHECK ((rate > (0)::numeric));
alter table returns add constraint returns_total_check CHECK ((total >= 0));
alter table role_fields add constraint role_fields_pkey PRIMARY KEY (role_id, object, field);
alter table role_fields add constraint role_fields_role_id_fkey FOREIGN KEY (role_id) REFERENCES roles(id) ON DELETE CASCADE;
alter table role_grants add constraint role_grants_pkey PRIMARY KEY (role_id, object, verb);
alter table role_grants add constraint role_grants_role_id_fkey FOREIGN KEY (role_id) REFERENCES roles(id) ON DELETE CASCADE;
alter table role_grants add constraint role_grants_scope_check CHECK ((scope = ANY (ARRAY['own'::text, 'team'::text, 'subordinates'::text, 'territory'::text, 'all'::text])));
alter table role_grants add constraint role_grants_verb_check CHECK ((verb = ANY (ARRAY['create'::text, 'read'::text, 'update'::text, 'delete'::text, 'export'::text])));
alter table roles add constraint roles_pkey PRIMARY KEY (id);
alter table roles add constraint roles_base_check CHECK ((base = ANY (ARRAY['admin'::text, 'manager'::text, 'agent'::text, 'viewer'::text])));
alter table roles add constraint roles_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)));
alter table saved_views add constraint saved_views_pkey PRIMARY KEY (id);
alter table saved_views add constraint saved_views_kind_check CHECK ((kind = ANY (ARRAY['table'::text, 'board'::text, 'calendar'::text])));
alter table saved_views add constraint saved_views_name_check CHECK (((length(name) >= 1) AND (length(name) <= 100)));
alter table saved_views add constraint saved_views_visibility_check CHECK ((visibility = ANY (ARRAY['private'::text, 'shared'::text])));
alter table search_readings add constraint search_readings_pkey PRIMARY KEY (object);
alter table search_words add constraint search_words_pkey PRIMARY KEY (word);
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
alter table segments add constraint segments_kept_by_check CHECK ((kept_by = 'improvement'::text));
alter table segments add constraint segments_kind_check CHECK ((kind = ANY (ARRAY['dynamic'::text, 'static'::text])));
alter table segments add constraint segments_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table send_pauses add constraint send_pauses_pkey PRIMARY KEY (source, source_id);
alter table sends add constraint sends_unique_key_key UNIQUE (unique_key);
alter table sends add constraint sends_pkey PRIMARY KEY (id);
alter table sends add constraint sends_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table sends add constraint sends_address_check CHECK ((length(address) <= 254));
alter table sends add constraint sends_kind_check CHECK ((kind = ANY (ARRAY['marketing'::text, 'relationship'::text, 'service'::text])));
alter table sends add constraint sends_purpose_check CHECK (((length(purpose) >= 1) AND (length(purpose) <= 40)));
alter table sends add constraint sends_source_check CHECK (((length(source) >= 1) AND (length(source) <= 40)));
alter table sends add constraint sends_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'claimed'::text, 'submitting'::text, 'sent'::text, 'deferred'::text, 'rejected'::text, 'held'::text, 'cancelled'::text, 'unknown'::text])));
alter table sends add constraint sends_subject_check CHECK ((length(subject) <= 300));
alter table sends add constraint sends_unique_key_check CHECK (((length(unique_key) >= 1) AND (length(unique_key) <= 200)));
alter table shipment_lines add constraint shipment_lines_shipment_id_order_line_id_key UNIQUE (shipment_id, order_line_id);
alter table shipment_lines add constraint shipment_lines_pkey PRIMARY KEY (id);
alter table shipment_lines add constraint shipment_lines_order_line_id_fkey FOREIGN KEY (order_line_id) REFERENCES order_lines(id) ON DELETE CASCADE;
alter table shipment_lines add constraint shipment_lines_shipment_id_fkey FOREIGN KEY (shipment_id) REFERENCES shipments(id) ON DELETE CASCADE;
alter table shipment_lines add constraint shipment_lines_quantity_check CHECK ((quantity > (0)::numeric));
alter table shipments add constraint shipments_number_key UNIQUE (number);
alter table shipments add constraint shipments_pkey PRIMARY KEY (id);
alter table shipments add constraint shipments_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
alter table shipments add constraint shipments_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id);
alter table shipments add constraint shipments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE CASCADE;
alter table shipments add constraint shipments_check CHECK ((delivered_at >= shipped_at));
alter table sla_policies add constraint sla_policies_pkey PRIMARY KEY (version);
alter table sla_policies add constraint sla_policies_reopen_days_check CHECK (((reopen_days >= 0) AND (reopen_days <= 365)));
alter table stage_spells add constraint stage_spells_pkey PRIMARY KEY (id);
alter table stage_spells add constraint stage_spells_opportunity_id_fkey FOREIGN KEY (opportunity_id) REFERENCES opportunities(id) ON DELETE CASCADE;
alter table stage_spells add constraint stage_spells_stage_id_fkey FOREIGN KEY (stage_id) REFERENCES pipeline_stages(id);
alter table stage_spells add constraint stage_spells_check CHECK ((left_at >= entered_at));
alter table suppressions add constraint suppressions_pkey PRIMARY KEY (address);
alter table suppressions add constraint suppressions_send_id_fkey FOREIGN KEY (send_id) REFERENCES sends(id) ON DELETE SET NULL;
alter table suppressions add constraint suppressions_address_check CHECK ((address = lower(address)));
alter table suppressions add constraint suppressions_scope_check CHECK ((scope = ANY (ARRAY['all'::text, 'marketing'::text])));
alter table suppressions add constraint suppressions_source_check CHECK ((source = ANY (ARRAY['bounce'::text, 'complaint'::text, 'hand'::text])));
alter table suppressions add constraint suppressions_why_check CHECK (((length(why) >= 1) AND (length(why) <= 500)));
alter table survey_invitations add constraint survey_invitations_pkey PRIMARY KEY (id);
alter table survey_invitations add constraint survey_invitations_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE SET NULL;
alter table survey_invitations add constraint survey_invitations_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id) ON DELETE SET NULL;
alter table survey_invitations add constraint survey_invitations_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table survey_invitations add constraint survey_invitations_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE SET NULL;
alter table survey_invitations add constraint survey_invitations_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE SET NULL;
alter table survey_invitations add constraint survey_invitations_survey_id_fkey FOREIGN KEY (survey_id) REFERENCES surveys(id) ON DELETE CASCADE;
alter table survey_invitations add constraint survey_invitations_check CHECK (((state = 'held'::text) = (reason IS NOT NULL)));
alter table survey_invitations add constraint survey_invitations_state_check CHECK ((state = ANY (ARRAY['due'::text, 'queued'::text, 'sent'::text, 'held'::text])));
alter table survey_invitations add constraint survey_invitations_wave_check CHECK (((length(wave) >= 1) AND (length(wave) <= 60)));
alter table survey_responses add constraint survey_responses_invitation_id_key UNIQUE (invitation_id);
alter table survey_responses add constraint survey_responses_pkey PRIMARY KEY (id);
alter table survey_responses add constraint survey_responses_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE SET NULL;
alter table survey_responses add constraint survey_responses_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id) ON DELETE SET NULL;
alter table survey_responses add constraint survey_responses_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table survey_responses add constraint survey_responses_invitation_id_fkey FOREIGN KEY (invitation_id) REFERENCES survey_invitations(id) ON DELETE CASCADE;
alter table survey_responses add constraint survey_responses_survey_id_fkey FOREIGN KEY (survey_id) REFERENCES surveys(id) ON DELETE CASCADE;
alter table survey_responses add constraint survey_responses_channel_check CHECK ((channel = 'mail'::text));
alter table survey_responses add constraint survey_responses_check CHECK (
CASE kind
    WHEN 'nps'::text THEN ((score >= 0) AND (score <= 10))
    ELSE ((score >= 1) AND (score <= 5))
END);
alter table survey_responses add constraint survey_responses_comment_check CHECK ((length(comment) <= 2000));
alter table survey_responses add constraint survey_responses_kind_check CHECK ((kind = ANY (ARRAY['nps'::text, 'csat'::text])));
alter table survey_wordings add constraint survey_wordings_pkey PRIMARY KEY (survey_id, version);
alter table survey_wordings add constraint survey_wordings_survey_id_fkey FOREIGN KEY (survey_id) REFERENCES surveys(id) ON DELETE CASCADE;
alter table surveys add constraint surveys_pkey PRIMARY KEY (id);
alter table surveys add constraint surveys_delay_hours_check CHECK (((delay_hours >= 0) AND (delay_hours <= 2160)));
alter table surveys add constraint surveys_follow_up_check CHECK (((length(follow_up) >= 1) AND (length(follow_up) <= 300)));
alter table surveys add constraint surveys_kind_check CHECK ((kind = ANY (ARRAY['nps'::text, 'csat'::text])));
alter table surveys add constraint surveys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table surveys add constraint surveys_question_check CHECK (((length(question) >= 1) AND (length(question) <= 300)));
alter table surveys add constraint surveys_reminder_days_check CHECK (((reminder_days >= 0) AND (reminder_days <= 30)));
alter table surveys add constraint surveys_rest_days_check CHECK (((rest_days >= 0) AND (rest_days <= 730)));
alter table surveys add constraint surveys_sample_check CHECK (((sample >= 1) AND (sample <= 100)));
alter table surveys add constraint surveys_trigger_check CHECK ((trigger = ANY (ARRAY['order.delivered'::text, 'case.resolved'::text, 'onboarding.completed'::text, 'by_hand'::text])));
alter table tagged add constraint tagged_pkey PRIMARY KEY (id);
alter table tagged add constraint tagged_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tags(id) ON DELETE CASCADE;
alter table tags add constraint tags_pkey PRIMARY KEY (id);
alter table tags add constraint tags_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES tags(id);
alter table tags add constraint tags_name_check CHECK (((length(name) >= 1) AND (length(name) <= 60)));
alter table tasks add constraint tasks_key_key UNIQUE (key);
alter table tasks add constraint tasks_pkey PRIMARY KEY (id);
alter table tasks add constraint tasks_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE SET NULL;
alter table tasks add constraint tasks_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table tasks add constraint tasks_check CHECK (((done_at IS NULL) = (status = 'open'::text)));
alter table tasks add constraint tasks_kind_check CHECK ((kind = ANY (ARRAY['todo'::text, 'call'::text, 'mail'::text, 'meeting'::text, 'review'::text])));
alter table tasks add constraint tasks_status_check CHECK ((status = ANY (ARRAY['open'::text, 'done'::text])));
alter table tasks add constraint tasks_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)));
alter table team_members add constraint team_members_pkey PRIMARY KEY (team_id, user_id);
alter table team_members add constraint team_members_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE;
alter table teams add constraint teams_pkey PRIMARY KEY (id);
alter table teams add constraint teams_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)));
alter table territories add constraint territories_pkey PRIMARY KEY (id);
alter table territories add constraint territories_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)));
alter table territories add constraint territories_object_check CHECK ((object = ANY (ARRAY['contact'::text, 'account'::text])));
alter table territory_holders add constraint territory_holders_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE;
alter table territory_holders add constraint territory_holders_territory_id_fkey FOREIGN KEY (territory_id) REFERENCES territories(id) ON DELETE CASCADE;
alter table territory_holders add constraint territory_holders_check CHECK ((num_nonnulls(user_id, team_id) = 1));
alter table theme_mentions add constraint theme_mentions_pkey PRIMARY KEY (theme_id, key);
alter table theme_mentions add constraint theme_mentions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE SET NULL;
alter table theme_mentions add constraint theme_mentions_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table theme_mentions add constraint theme_mentions_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE SET NULL;
alter table theme_mentions add constraint theme_mentions_theme_id_fkey FOREIGN KEY (theme_id) REFERENCES themes(id);
alter table themes add constraint themes_pkey PRIMARY KEY (id);
alter table themes add constraint themes_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)));
alter table timeline_state add constraint timeline_state_pkey PRIMARY KEY (only_row);
alter table timeline_state add constraint timeline_state_only_row_check CHECK (only_row);
alter table trash_settings add constraint trash_settings_pkey PRIMARY KEY (one);
alter table trash_settings add constraint trash_settings_keep_days_check CHECK (((keep_days >= 1) AND (keep_days <= 3650)));
alter table trash_settings add constraint trash_settings_one_check CHECK (one);
alter table turned_down add constraint turned_down_pkey PRIMARY KEY (user_id, due_id);
alter table unwanted_recommendations add constraint unwanted_recommendations_pkey PRIMARY KEY (contact_id, product_id);
alter table unwanted_recommendations add constraint unwanted_recommendations_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE CASCADE;
alter table unwanted_recommendations add constraint unwanted_recommendations_product_id_fkey FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE CASCADE;
alter table view_defaults add constraint view_defaults_object_user_id_key UNIQUE NULLS NOT DISTINCT (object, user_id);
alter table view_defaults add constraint view_defaults_view_id_fkey FOREIGN KEY (view_id) REFERENCES saved_views(id) ON DELETE CASCADE;
alter table view_pins add constraint view_pins_user_id_view_id_key UNIQUE NULLS NOT DISTINCT (user_id, view_id);
alter table view_pins add constraint view_pins_view_id_fkey FOREIGN KEY (view_id) REFERENCES saved_views(id) ON DELETE CASCADE;
alter table worth_runs add constraint worth_runs_pkey PRIMARY KEY (what);
alter table worth_runs add constraint worth_runs_what_check CHECK ((what = ANY (ARRAY['bands'::text, 'neighbours'::text])));

CREATE INDEX accounts_alike ON accounts USING gin (account_likeness(name, domain, phone_e164, country)) WHERE (deleted_at IS NULL);

CREATE INDEX accounts_by_created ON accounts USING btree (created_at, id);

CREATE INDEX accounts_by_domain ON accounts USING btree (lower(domain)) WHERE (domain IS NOT NULL);

CREATE INDEX accounts_by_lower_name ON accounts USING btree (lower(name));

CREATE INDEX accounts_by_name ON accounts USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX accounts_by_owner ON accounts USING btree (owner_id, created_at, id) WHERE (owner_id IS NOT NULL);

CREATE INDEX accounts_by_paid ON accounts USING btree (paid_total, id);

CREATE INDEX accounts_by_stage ON accounts USING btree (lifecycle_stage, lifecycle_since);

CREATE INDEX accounts_by_updated ON accounts USING btree (updated_at, id);

CREATE INDEX accounts_folded_name ON accounts USING btree (lower((name COLLATE "und-x-icu")) COLLATE "C");

CREATE INDEX accounts_found ON accounts USING gin (search_text(name, domain, phone_e164) gin_trgm_ops);

CREATE INDEX accounts_search ON accounts USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops, lower((domain COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX announcements_by_contact ON announcements USING btree (contact_id);

CREATE INDEX calls_by_account ON calls USING btree (account_id, called_at DESC, id DESC);

CREATE INDEX calls_by_contact ON calls USING btree (contact_id, called_at DESC, id DESC);

CREATE INDEX campaigns_by_created ON campaigns USING btree (created_at, id);

CREATE INDEX campaigns_by_name ON campaigns USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX campaigns_by_segment ON campaigns USING btree (segment_id) WHERE (segment_id IS NOT NULL);

CREATE INDEX campaigns_by_start ON campaigns USING btree (started_at, id);

CREATE INDEX campaigns_by_updated ON campaigns USING btree (updated_at, id);

CREATE INDEX campaigns_due ON campaigns USING btree (send_at) WHERE (state = 'scheduled'::text);

CREATE INDEX campaigns_found ON campaigns USING gin (search_text(name, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX campaigns_running ON campaigns USING btree (id) WHERE (state = ANY (ARRAY['sending'::text, 'paused'::text]));

CREATE INDEX campaigns_search ON campaigns USING gin (name gin_trgm_ops);

CREATE INDEX case_messages_by_case ON case_messages USING btree (case_id, at, id);

CREATE UNIQUE INDEX case_messages_once ON case_messages USING btree (case_id, form_key) WHERE (form_key IS NOT NULL);

CREATE INDEX case_pauses_by_case ON case_pauses USING btree (case_id, from_at);

CREATE UNIQUE INDEX case_pauses_running ON case_pauses USING btree (case_id) WHERE (until_at IS NULL);

CREATE INDEX case_targets_by_case ON case_targets USING btree (case_id, started_at);

CREATE UNIQUE INDEX case_targets_running ON case_targets USING btree (case_id, kind) WHERE (outcome IS NULL);

CREATE INDEX case_targets_to_breach ON case_targets USING btree (due_at) WHERE ((outcome IS NULL) AND (breached_fact IS NULL));

CREATE INDEX case_targets_to_warn ON case_targets USING btree (warn_at) WHERE ((outcome IS NULL) AND (warned_fact IS NULL));

CREATE INDEX cases_by_account ON cases USING btree (account_id, created_at) WHERE (account_id IS NOT NULL);

CREATE INDEX cases_by_contact ON cases USING btree (contact_id, created_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX cases_by_created ON cases USING btree (created_at, id);

CREATE INDEX cases_by_due ON cases USING btree (due_at, id);

CREATE INDEX cases_by_line ON cases USING btree (order_line_id) WHERE (order_line_id IS NOT NULL);

CREATE INDEX cases_by_order ON cases USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX cases_by_previous ON cases USING btree (previous_id) WHERE (previous_id IS NOT NULL);

CREATE INDEX cases_by_product ON cases USING btree (product_id, created_at) WHERE (product_id IS NOT NULL);

CREATE INDEX cases_by_reason ON cases USING btree (reason_id, created_at) WHERE (reason_id IS NOT NULL);

CREATE INDEX cases_by_resolved ON cases USING btree (resolved_at, id);

CREATE INDEX cases_by_updated ON cases USING btree (updated_at, id);

CREATE INDEX cases_found ON cases USING gin (search_text(number, subject, NULL::text) gin_trgm_ops);

CREATE INDEX cases_search ON cases USING gin (lower((number COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops, lower((subject COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX cases_to_close ON cases USING btree (reopen_until) WHERE (status = 'resolved'::text);

CREATE INDEX cases_unresolved ON cases USING btree (owner_id, due_at) WHERE (status = ANY (ARRAY['open'::text, 'waiting'::text]));

CREATE INDEX change_sets_by_at ON change_sets USING btree (at);

CREATE INDEX change_sets_by_job ON change_sets USING btree (job_id) WHERE (job_id IS NOT NULL);

CREATE INDEX change_sets_by_undoes ON change_sets USING btree (undoes) WHERE (undoes IS NOT NULL);

CREATE INDEX changes_by_set_record ON changes USING btree (set_id, record_id);

CREATE INDEX comments_of_record ON comments USING btree (record_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX comments_search ON comments USING gin (lower((text COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX consent_log_by_contact ON consent_log USING btree (contact_id, channel, purpose, at, id);

CREATE INDEX consents_by_log ON consents USING btree (log_id);

CREATE INDEX consents_by_purpose ON consents USING btree (purpose, status, contact_id);

CREATE INDEX contacts_alike ON contacts USING gin (contact_likeness(name, email, phone_e164, account_id)) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_by_account ON contacts USING btree (account_id) WHERE (account_id IS NOT NULL);

CREATE INDEX contacts_by_band ON contacts USING btree (rfm_band, rfm_recency, rfm_frequency) WHERE (rfm_band IS NOT NULL);

CREATE INDEX contacts_by_created ON contacts USING btree (created_at, id);

CREATE UNIQUE INDEX contacts_by_email ON contacts USING btree (lower(email)) WHERE ((email IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX contacts_by_last_order ON contacts USING btree (last_order_at, id);

CREATE INDEX contacts_by_lower_name ON contacts USING btree (lower(name)) WHERE ((email IS NULL) AND (phone_e164 IS NULL));

CREATE INDEX contacts_by_name ON contacts USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX contacts_by_owner ON contacts USING btree (owner_id, created_at, id) WHERE (owner_id IS NOT NULL);

CREATE INDEX contacts_by_paid ON contacts USING btree (paid_total, id);

CREATE INDEX contacts_by_phone ON contacts USING btree (phone_e164) WHERE (phone_e164 IS NOT NULL);

CREATE INDEX contacts_by_stage ON contacts USING btree (lifecycle_stage, lifecycle_since);

CREATE INDEX contacts_by_updated ON contacts USING btree (updated_at, id);

CREATE INDEX contacts_folded_email ON contacts USING btree (lower((email COLLATE "und-x-icu")) COLLATE "C");

CREATE INDEX contacts_folded_name ON contacts USING btree (lower((name COLLATE "und-x-icu")) COLLATE "C");

CREATE INDEX contacts_found ON contacts USING gin (search_text(name, email, phone_e164) gin_trgm_ops);

CREATE INDEX contacts_search ON contacts USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops, lower((email COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX digests_by_user ON digests USING btree (user_id, created_at DESC);

CREATE INDEX digests_to_send ON digests USING btree (try_at) WHERE ((sent_at IS NULL) AND (taken_at IS NULL) AND (attempts < 5));

CREATE INDEX duplicate_pairs_by_b ON duplicate_pairs USING btree (b);

CREATE INDEX duplicate_pairs_by_rule ON duplicate_pairs USING btree (object, rule, a, b) WHERE (state = 'open'::text);

CREATE INDEX duplicate_pairs_open ON duplicate_pairs USING btree (object, score DESC, a, b) WHERE (state = 'open'::text);

CREATE INDEX external_ids_by_record ON external_ids USING btree (record_id);

CREATE INDEX facts_by_account ON facts USING btree (account_id, occurred_at DESC, id DESC) WHERE (account_id IS NOT NULL);

CREATE INDEX facts_by_account_name ON facts USING btree (account_id, name, occurred_at) WHERE (account_id IS NOT NULL);

CREATE INDEX facts_by_contact ON facts USING btree (contact_id, occurred_at DESC, id DESC) WHERE (contact_id IS NOT NULL);

CREATE INDEX facts_by_contact_name ON facts USING btree (contact_id, name, occurred_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX facts_by_name ON facts USING btree (name, occurred_at);

CREATE INDEX facts_by_position ON facts USING btree (epoch, tx, seq);

CREATE INDEX facts_of_campaigns ON facts USING btree (campaign_id, occurred_at) WHERE (campaign_id IS NOT NULL);

CREATE INDEX facts_of_money ON facts USING btree (occurred_at) WHERE (name = ANY (ARRAY['order.paid'::text, 'payment.received'::text, 'payment.refunded'::text]));

CREATE INDEX facts_of_referrals ON facts USING btree (occurred_at) WHERE (name = 'referral.made'::text);

CREATE INDEX favourites_of_record ON favourites USING btree (record_id);

CREATE INDEX files_fresh ON files USING btree (by_id, created_at) WHERE (record_id IS NULL);

CREATE INDEX files_of_record ON files USING btree (record_id, created_at DESC, id DESC);

CREATE INDEX files_trashed ON files USING btree (deleted_at) WHERE (deleted_at IS NOT NULL);

CREATE INDEX files_unkept ON files USING btree (created_at) WHERE (kept_at IS NULL);

CREATE INDEX followers_by_user ON followers USING btree (user_id, since DESC);

CREATE INDEX form_submissions_by_contact ON form_submissions USING btree (contact_id, submitted_at DESC);

CREATE INDEX form_submissions_by_form ON form_submissions USING btree (form_id, submitted_at DESC, id DESC);

CREATE UNIQUE INDEX form_submissions_once ON form_submissions USING btree (form_id, unique_key);

CREATE UNIQUE INDEX forms_by_key ON forms USING btree (key);

CREATE INDEX forms_by_name ON forms USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX forms_by_submitted ON forms USING btree (last_submitted_at, id);

CREATE INDEX forms_by_updated ON forms USING btree (updated_at, id);

CREATE INDEX forms_found ON forms USING gin (search_text(name, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX forms_search ON forms USING gin (name gin_trgm_ops);

CREATE UNIQUE INDEX import_mappings_by_name ON import_mappings USING btree (object, lower(name));

CREATE INDEX imports_by_time ON imports USING btree (created_at DESC, id DESC);

CREATE INDEX improvement_people_by_contact ON improvement_people USING btree (contact_id);

CREATE INDEX improvements_by_created ON improvements USING btree (created_at, id);

CREATE INDEX improvements_by_held ON improvements USING btree (held_segment_id) WHERE (held_segment_id IS NOT NULL);

CREATE INDEX improvements_by_insight ON improvements USING btree (insight_id) WHERE (insight_id IS NOT NULL);

CREATE INDEX improvements_by_name ON improvements USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX improvements_by_owner ON improvements USING btree (owner_id) WHERE (owner_id IS NOT NULL);

CREATE INDEX improvements_by_repeats ON improvements USING btree (repeats_id) WHERE (repeats_id IS NOT NULL);

CREATE INDEX improvements_by_review ON improvements USING btree (review_at, id);

CREATE INDEX improvements_by_start ON improvements USING btree (start_at, id);

CREATE INDEX improvements_by_treated ON improvements USING btree (treated_segment_id) WHERE (treated_segment_id IS NOT NULL);

CREATE INDEX improvements_by_updated ON improvements USING btree (updated_at, id);

CREATE INDEX improvements_found ON improvements USING gin (search_text(name, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX improvements_search ON improvements USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX insight_people_by_contact ON insight_people USING btree (contact_id);

CREATE INDEX insights_by_created ON insights USING btree (created_at, id);

CREATE INDEX insights_by_found ON insights USING btree (found_at, id);

CREATE INDEX insights_by_name ON insights USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX insights_by_owner ON insights USING btree (owner_id) WHERE (owner_id IS NOT NULL);

CREATE INDEX insights_by_people ON insights USING btree (people, id);

CREATE INDEX insights_by_segment ON insights USING btree (segment_id) WHERE (segment_id IS NOT NULL);

CREATE INDEX insights_by_stake ON insights USING btree (at_stake, id);

CREATE INDEX insights_by_theme ON insights USING btree (theme_id) WHERE (theme_id IS NOT NULL);

CREATE INDEX insights_by_updated ON insights USING btree (updated_at, id);

CREATE INDEX insights_found ON insights USING gin (search_text(name, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX insights_search ON insights USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX invoice_lines_by_credited ON invoice_lines USING btree (credits_line_id) WHERE (credits_line_id IS NOT NULL);

CREATE INDEX invoice_lines_by_order_line ON invoice_lines USING btree (order_line_id) WHERE (order_line_id IS NOT NULL);

CREATE INDEX invoices_by_account ON invoices USING btree (account_id, issued_at) WHERE (account_id IS NOT NULL);

CREATE INDEX invoices_by_contact ON invoices USING btree (contact_id, issued_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX invoices_by_created ON invoices USING btree (created_at, id);

CREATE INDEX invoices_by_due ON invoices USING btree (due_at, id);

CREATE INDEX invoices_by_invoice ON invoices USING btree (invoice_id) WHERE (invoice_id IS NOT NULL);

CREATE INDEX invoices_by_issued ON invoices USING btree (issued_at, id);

CREATE INDEX invoices_by_order ON invoices USING btree (order_id, issued_at, id);

CREATE INDEX invoices_by_reason ON invoices USING btree (reason_id) WHERE (reason_id IS NOT NULL);

CREATE INDEX invoices_by_total ON invoices USING btree (base_total, id);

CREATE INDEX invoices_by_updated ON invoices USING btree (updated_at, id);

CREATE INDEX invoices_found ON invoices USING gin (search_text(number, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX invoices_search ON invoices USING gin (lower((number COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX jobs_by_time ON jobs USING btree (created_at DESC, id DESC);

CREATE INDEX jobs_open ON jobs USING btree (state) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text, 'paused'::text]));

CREATE INDEX lead_flips_by_due ON lead_flips USING btree (due_at);

CREATE INDEX lead_points_by_lead ON lead_points USING btree (lead_id, id);

CREATE INDEX leads_by_account ON leads USING btree (account_id);

CREATE INDEX leads_by_asked ON leads USING btree (asked_at, id);

CREATE INDEX leads_by_contact ON leads USING btree (contact_id, asked_at DESC);

CREATE INDEX leads_by_created ON leads USING btree (created_at, id);

CREATE INDEX leads_by_due ON leads USING btree (first_response_due, id);

CREATE INDEX leads_by_name ON leads USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX leads_by_opportunity ON leads USING btree (opportunity_id);

CREATE INDEX leads_by_reason ON leads USING btree (unqualified_reason_id);

CREATE INDEX leads_by_score ON leads USING btree (score, id);

CREATE INDEX leads_by_updated ON leads USING btree (updated_at, id);

CREATE INDEX leads_found ON leads USING gin (search_text(name, NULL::text, NULL::text) gin_trgm_ops);

CREATE UNIQUE INDEX leads_open_by_contact ON leads USING btree (contact_id) WHERE ((status <> 'disqualified'::text) AND (converted_at IS NULL) AND (deleted_at IS NULL));

CREATE INDEX leads_recycled ON leads USING btree (recycle_at, id) WHERE ((status = 'disqualified'::text) AND (deleted_at IS NULL));

CREATE INDEX leads_search ON leads USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX leads_unanswered ON leads USING btree (first_response_due, id) WHERE ((responded_at IS NULL) AND (status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX lifecycle_transitions_by_fact ON lifecycle_transitions USING btree (fact_id);

CREATE INDEX lifecycle_transitions_by_subject ON lifecycle_transitions USING btree (subject_id, at, id) WHERE (withdrawn_at IS NULL);

CREATE INDEX lifecycle_transitions_by_time ON lifecycle_transitions USING btree (subject, at) WHERE (withdrawn_at IS NULL);

CREATE INDEX lifecycle_walks_due ON lifecycle_walks USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX line_cancellations_by_act ON line_cancellations USING btree (act_id);

CREATE INDEX line_cancellations_by_line ON line_cancellations USING btree (order_line_id);

CREATE INDEX line_cancellations_by_order ON line_cancellations USING btree (order_id, cancelled_at);

CREATE INDEX link_targets_by_link ON link_targets USING btree (lens, link, set_at DESC, id DESC);

CREATE INDEX loyalty_allocations_by_lot ON loyalty_allocations USING btree (lot_id);

CREATE INDEX loyalty_entries_by_at ON loyalty_entries USING btree (at DESC, id DESC);

CREATE INDEX loyalty_entries_by_lot ON loyalty_entries USING btree (lot_id) WHERE (lot_id IS NOT NULL);

CREATE INDEX loyalty_entries_by_member ON loyalty_entries USING btree (member_id, at DESC, id DESC);

CREATE INDEX loyalty_entries_by_spend ON loyalty_entries USING btree (spend_id) WHERE (spend_id IS NOT NULL);

CREATE INDEX loyalty_lots_by_member ON loyalty_lots USING btree (member_id, earned_at);

CREATE INDEX loyalty_lots_by_order ON loyalty_lots USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX loyalty_lots_by_rules ON loyalty_lots USING btree (rules);

CREATE INDEX loyalty_lots_open ON loyalty_lots USING btree (member_id) WHERE (state = ANY (ARRAY['pending'::text, 'active'::text]));

CREATE INDEX loyalty_members_by_available ON loyalty_members USING btree (available DESC, id DESC);

CREATE INDEX loyalty_members_by_tier ON loyalty_members USING btree (tier, available DESC, id DESC);

CREATE INDEX loyalty_members_due ON loyalty_members USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX loyalty_programs_by_rules ON loyalty_programs USING btree (rules);

CREATE INDEX loyalty_spends_by_member ON loyalty_spends USING btree (member_id, spent_at);

CREATE INDEX loyalty_spends_by_order ON loyalty_spends USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX loyalty_spends_by_rules ON loyalty_spends USING btree (rules);

CREATE INDEX loyalty_spends_held ON loyalty_spends USING btree (member_id) WHERE (state = 'held'::text);

CREATE INDEX loyalty_tiers_by_member ON loyalty_tiers USING btree (member_id, at DESC, id DESC);

CREATE INDEX loyalty_vouchers_by_payment ON loyalty_vouchers USING btree (payment_id) WHERE (payment_id IS NOT NULL);

CREATE INDEX mail_hits_by_link ON mail_hits USING btree (link_id) WHERE (link_id IS NOT NULL);

CREATE INDEX mail_hits_by_send ON mail_hits USING btree (send_id, at, id);

CREATE INDEX mail_hits_new ON mail_hits USING btree (at) WHERE (class IS NULL);

CREATE INDEX measurements_by_time ON measurements USING btree (improvement_id, at);

CREATE INDEX merged_records_by_email ON merged_records USING btree (email) WHERE (email IS NOT NULL);

CREATE INDEX merged_records_by_merge ON merged_records USING btree (merge_id);

CREATE INDEX merged_records_by_winner ON merged_records USING btree (winner_id);

CREATE INDEX notes_by_account ON notes USING btree (account_id, written_at DESC, id DESC);

CREATE INDEX notes_by_contact ON notes USING btree (contact_id, written_at DESC, id DESC);

CREATE INDEX notes_found ON notes USING gin (search_text(text, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX notifications_by_at ON notifications USING btree (at);

CREATE UNIQUE INDEX notifications_by_key ON notifications USING btree (user_id, key);

CREATE INDEX notifications_by_user ON notifications USING btree (user_id, at DESC, id DESC);

CREATE INDEX notifications_of_record ON notifications USING btree (record_id);

CREATE INDEX notifications_to_mail ON notifications USING btree (mail_at) WHERE (mail_at IS NOT NULL);

CREATE INDEX notifications_unread ON notifications USING btree (user_id) WHERE (read_at IS NULL);

CREATE INDEX onboarding_plans_by_created ON onboarding_plans USING btree (created_at, id);

CREATE UNIQUE INDEX onboarding_plans_by_name ON onboarding_plans USING btree (lower(name)) WHERE (deleted_at IS NULL);

CREATE INDEX onboarding_plans_by_product ON onboarding_plans USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE INDEX onboarding_plans_by_sorted_name ON onboarding_plans USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX onboarding_plans_by_updated ON onboarding_plans USING btree (updated_at, id);

CREATE INDEX onboarding_plans_found ON onboarding_plans USING gin (search_text(name, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX onboarding_plans_search ON onboarding_plans USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX onboarding_steps_by_evidence ON onboarding_steps USING btree (evidence_fact) WHERE ((evidence_fact IS NOT NULL) AND (contradicted_at IS NULL));

CREATE INDEX onboarding_steps_due ON onboarding_steps USING btree (due_at) WHERE (state = ANY (ARRAY['ready'::text, 'in_progress'::text]));

CREATE INDEX onboardings_by_account ON onboardings USING btree (account_id) WHERE (account_id IS NOT NULL);

CREATE INDEX onboardings_by_contact ON onboardings USING btree (contact_id) WHERE (contact_id IS NOT NULL);

CREATE INDEX onboardings_by_created ON onboardings USING btree (created_at, id);

CREATE INDEX onboardings_by_order ON onboardings USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX onboardings_by_product ON onboardings USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE INDEX onboardings_by_stall ON onboardings USING btree (stall_at) WHERE (status = 'running'::text);

CREATE INDEX onboardings_by_started ON onboardings USING btree (started_at, id);

CREATE INDEX onboardings_by_updated ON onboardings USING btree (updated_at, id);

CREATE INDEX onboardings_by_version ON onboardings USING btree (plan_id, plan_version);

CREATE INDEX onboardings_by_waiting ON onboardings USING btree (waiting_since, id);

CREATE INDEX onboardings_found ON onboardings USING gin (search_text(plan, NULL::text, NULL::text) gin_trgm_ops);

CREATE UNIQUE INDEX onboardings_one_active ON onboardings USING btree (COALESCE(contact_id, account_id), COALESCE(product_id, plan_id)) WHERE (status = ANY (ARRAY['running'::text, 'stalled'::text]));

CREATE INDEX onboardings_search ON onboardings USING gin (lower((plan COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX opportunities_by_account ON opportunities USING btree (account_id, created_at) WHERE (account_id IS NOT NULL);

CREATE INDEX opportunities_by_amount ON opportunities USING btree (base_amount, id);

CREATE INDEX opportunities_by_close ON opportunities USING btree (expected_close, id);

CREATE INDEX opportunities_by_closed ON opportunities USING btree (closed_at, id);

CREATE INDEX opportunities_by_contact ON opportunities USING btree (contact_id, created_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX opportunities_by_created ON opportunities USING btree (created_at, id);

CREATE INDEX opportunities_by_lead ON opportunities USING btree (lead_id) WHERE (lead_id IS NOT NULL);

CREATE INDEX opportunities_by_name ON opportunities USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX opportunities_by_owner ON opportunities USING btree (owner_id) WHERE (owner_id IS NOT NULL);

CREATE INDEX opportunities_by_pipeline ON opportunities USING btree (pipeline_id);

CREATE INDEX opportunities_by_reason ON opportunities USING btree (lost_reason_id) WHERE (lost_reason_id IS NOT NULL);

CREATE INDEX opportunities_by_since ON opportunities USING btree (stage_since, id);

CREATE INDEX opportunities_by_stage ON opportunities USING btree (stage_id, stage_since);

CREATE INDEX opportunities_by_updated ON opportunities USING btree (updated_at, id);

CREATE INDEX opportunities_found ON opportunities USING gin (search_text(name, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX opportunities_open ON opportunities USING btree (touched_at) WHERE ((status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX opportunities_search ON opportunities USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX opportunity_lines_by_entry ON opportunity_lines USING btree (price_entry_id) WHERE (price_entry_id IS NOT NULL);

CREATE INDEX opportunity_lines_by_product ON opportunity_lines USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE INDEX order_lines_by_product ON order_lines USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE INDEX orders_by_account ON orders USING btree (account_id, placed_at) WHERE (account_id IS NOT NULL);

CREATE INDEX orders_by_contact ON orders USING btree (contact_id, placed_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX orders_by_created ON orders USING btree (created_at, id);

CREATE UNIQUE INDEX orders_by_number ON orders USING btree (number);

CREATE INDEX orders_by_placed ON orders USING btree (placed_at, id);

CREATE UNIQUE INDEX orders_by_quote ON orders USING btree (quote_id) WHERE (quote_id IS NOT NULL);

CREATE INDEX orders_by_total ON orders USING btree (base_total, id);

CREATE INDEX orders_by_updated ON orders USING btree (updated_at, id);

CREATE INDEX orders_found ON orders USING gin (search_text(number, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX orders_owing ON orders USING btree (id) WHERE ((paid - LEAST(refunded, credited)) < (invoiced - credited));

CREATE INDEX orders_search ON orders USING gin (lower((number COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX orders_to_ship ON orders USING btree (promised_at, placed_at) WHERE ((fulfilment_status = ANY (ARRAY['none'::text, 'partial'::text])) AND (cancelled_at IS NULL) AND (deleted_at IS NULL));

CREATE INDEX payments_by_account ON payments USING btree (account_id, received_at) WHERE (account_id IS NOT NULL);

CREATE INDEX payments_by_amount ON payments USING btree (base_amount, id);

CREATE INDEX payments_by_contact ON payments USING btree (contact_id, received_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX payments_by_created ON payments USING btree (created_at, id);

CREATE INDEX payments_by_order ON payments USING btree (order_id);

CREATE INDEX payments_by_reason ON payments USING btree (reason_id) WHERE (reason_id IS NOT NULL);

CREATE INDEX payments_by_received ON payments USING btree (received_at, id);

CREATE INDEX payments_by_updated ON payments USING btree (updated_at, id);

CREATE INDEX payments_found ON payments USING gin (search_text(number, reference, NULL::text) gin_trgm_ops);

CREATE INDEX payments_search ON payments USING gin (lower((number COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops, lower((reference COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX pipeline_stages_by_pipeline ON pipeline_stages USING btree (pipeline_id, "position");

CREATE UNIQUE INDEX pipelines_by_default ON pipelines USING btree (is_default) WHERE (is_default AND (deleted_at IS NULL));

CREATE INDEX pipelines_by_name ON pipelines USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX play_runs_by_account ON play_runs USING btree (account_id, started_at DESC) WHERE (account_id IS NOT NULL);

CREATE INDEX play_runs_by_contact ON play_runs USING btree (contact_id, started_at DESC) WHERE (contact_id IS NOT NULL);

CREATE INDEX play_runs_by_play ON play_runs USING btree (play_id, started_at DESC, id DESC);

CREATE INDEX play_runs_by_task ON play_runs USING btree (task_id) WHERE (task_id IS NOT NULL);

CREATE INDEX play_runs_open ON play_runs USING btree (ends_at) WHERE (outcome = 'open'::text);

CREATE INDEX plays_by_created ON plays USING btree (created_at, id);

CREATE UNIQUE INDEX plays_by_name ON plays USING btree (lower(name)) WHERE (deleted_at IS NULL);

CREATE INDEX plays_by_sorted_name ON plays USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX plays_by_updated ON plays USING btree (updated_at, id);

CREATE INDEX plays_found ON plays USING gin (search_text(name, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX plays_search ON plays USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX prediction_models_by_time ON prediction_models USING btree (what, learnt_at DESC);

CREATE INDEX presence_of_record ON presence USING btree (record_id);

CREATE INDEX price_entries_by_product ON price_entries USING btree (product_id, valid_from);

CREATE INDEX price_lists_by_created ON price_lists USING btree (created_at, id);

CREATE UNIQUE INDEX price_lists_by_default ON price_lists USING btree (currency) WHERE (is_default AND (deleted_at IS NULL));

CREATE UNIQUE INDEX price_lists_by_name ON price_lists USING btree (lower(name)) WHERE (deleted_at IS NULL);

CREATE INDEX price_lists_by_sorted_name ON price_lists USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX price_lists_by_updated ON price_lists USING btree (updated_at, id);

CREATE INDEX private_records_by_object ON private_records USING btree (object);

CREATE INDEX product_neighbours_by_other ON product_neighbours USING btree (other_id);

CREATE INDEX products_by_created ON products USING btree (created_at, id);

CREATE INDEX products_by_lower_name ON products USING btree (lower(name));

CREATE INDEX products_by_name ON products USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX products_by_price ON products USING btree (price, id);

CREATE UNIQUE INDEX products_by_sku ON products USING btree (lower(sku)) WHERE ((sku IS NOT NULL) AND (deleted_at IS NULL));

CREATE INDEX products_by_updated ON products USING btree (updated_at, id);

CREATE INDEX products_by_vendor ON products USING btree (vendor_id) WHERE (vendor_id IS NOT NULL);

CREATE INDEX products_found ON products USING gin (search_text(name, sku, NULL::text) gin_trgm_ops);

CREATE INDEX products_search ON products USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops, lower((sku COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX promotion_codes_by_contact ON promotion_codes USING btree (contact_id) WHERE (contact_id IS NOT NULL);

CREATE INDEX promotion_codes_by_promotion ON promotion_codes USING btree (promotion_id, id);

CREATE INDEX promotion_goods_by_product ON promotion_goods USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE UNIQUE INDEX promotion_goods_once ON promotion_goods USING btree (promotion_id, COALESCE((product_id)::text, lower(category)));

CREATE INDEX promotion_uses_by_code ON promotion_uses USING btree (code_id) WHERE (code_id IS NOT NULL);

CREATE INDEX promotion_uses_by_order ON promotion_uses USING btree (order_id, at);

CREATE INDEX promotion_uses_by_promotion ON promotion_uses USING btree (promotion_id, at DESC, id DESC);

CREATE INDEX promotion_uses_by_use ON promotion_uses USING btree (use_id) WHERE (use_id IS NOT NULL);

CREATE UNIQUE INDEX promotion_uses_released ON promotion_uses USING btree (use_id) WHERE (kind = 'released'::text);

CREATE UNIQUE INDEX promotion_uses_standing ON promotion_uses USING btree (order_id) WHERE standing;

CREATE INDEX promotions_by_created ON promotions USING btree (created_at, id);

CREATE UNIQUE INDEX promotions_by_name ON promotions USING btree (lower(name)) WHERE (deleted_at IS NULL);

CREATE INDEX promotions_by_sorted_name ON promotions USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX promotions_by_updated ON promotions USING btree (updated_at, id);

CREATE INDEX promotions_found ON promotions USING gin (search_text(name, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX promotions_search ON promotions USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX quote_lines_by_product ON quote_lines USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE INDEX quotes_by_account ON quotes USING btree (account_id, created_at) WHERE (account_id IS NOT NULL);

CREATE INDEX quotes_by_contact ON quotes USING btree (contact_id, created_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX quotes_by_created ON quotes USING btree (created_at, id);

CREATE INDEX quotes_by_opportunity ON quotes USING btree (opportunity_id) WHERE (opportunity_id IS NOT NULL);

CREATE INDEX quotes_by_reason ON quotes USING btree (decline_reason_id) WHERE (decline_reason_id IS NOT NULL);

CREATE INDEX quotes_by_total ON quotes USING btree (base_total, id);

CREATE INDEX quotes_by_updated ON quotes USING btree (updated_at, id);

CREATE INDEX quotes_by_validity ON quotes USING btree (valid_until, id);

CREATE INDEX quotes_found ON quotes USING gin (search_text(number, subject, NULL::text) gin_trgm_ops);

CREATE INDEX quotes_search ON quotes USING gin (lower((number COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX quotes_search_subject ON quotes USING gin (lower((subject COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX quotes_waiting ON quotes USING btree (valid_until, mailed_at) WHERE ((status = ANY (ARRAY['sent'::text, 'viewed'::text])) AND (deleted_at IS NULL));

CREATE UNIQUE INDEX reasons_by_label ON reasons USING btree (lower(label));

CREATE INDEX reasons_by_parent ON reasons USING btree (parent_id, "position") WHERE (parent_id IS NOT NULL);

CREATE INDEX record_merges_by_job ON record_merges USING btree (job_id) WHERE (job_id IS NOT NULL);

CREATE INDEX record_merges_by_time ON record_merges USING btree (at DESC, id DESC);

CREATE INDEX record_merges_by_winner ON record_merges USING btree (winner_id, at DESC);

CREATE INDEX record_shares_by_team ON record_shares USING btree (team_id, object) INCLUDE (record_id, can_edit) WHERE (team_id IS NOT NULL);

CREATE INDEX record_shares_by_user ON record_shares USING btree (user_id, object) INCLUDE (record_id, can_edit) WHERE (user_id IS NOT NULL);

CREATE UNIQUE INDEX record_shares_once ON record_shares USING btree (record_id, COALESCE(user_id, team_id));

CREATE INDEX record_visits_by_record ON record_visits USING btree (record_id);

CREATE INDEX record_visits_by_time ON record_visits USING btree (user_id, at DESC);

CREATE INDEX referral_clicks_by_at ON referral_clicks USING btree (at);

CREATE INDEX referral_clicks_by_code ON referral_clicks USING btree (code_id);

CREATE INDEX referral_program_by_promotion ON referral_program USING btree (friend_promotion_id) WHERE (friend_promotion_id IS NOT NULL);

CREATE INDEX referrals_by_advocate ON referrals USING btree (advocate_id, joined_at DESC);

CREATE INDEX referrals_by_code ON referrals USING btree (friend_code_id) WHERE (friend_code_id IS NOT NULL);

CREATE INDEX referrals_by_created ON referrals USING btree (created_at, id);

CREATE INDEX referrals_by_friend ON referrals USING btree (friend_id);

CREATE UNIQUE INDEX referrals_by_friend_once ON referrals USING btree (friend_id) WHERE (state <> 'rejected'::text);

CREATE INDEX referrals_by_joined ON referrals USING btree (joined_at, id);

CREATE INDEX referrals_by_name ON referrals USING btree (friend_name COLLATE "und-x-icu", id);

CREATE INDEX referrals_by_order ON referrals USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX referrals_by_updated ON referrals USING btree (updated_at, id);

CREATE INDEX referrals_found ON referrals USING gin (search_text(friend_name, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX referrals_held ON referrals USING btree (hold_until) WHERE ((state = ANY (ARRAY['holding'::text, 'approved'::text])) AND (review <> 'waiting'::text));

CREATE INDEX referrals_open ON referrals USING btree (expires_at) WHERE (state = 'signed_up'::text);

CREATE INDEX referrals_search ON referrals USING gin (lower((friend_name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX referrals_to_review ON referrals USING btree (joined_at) WHERE (review = 'waiting'::text);

CREATE INDEX referrals_to_thank ON referrals USING btree (qualified_at) WHERE ((state = ANY (ARRAY['qualified'::text, 'holding'::text, 'approved'::text])) AND (thanked_at IS NULL));

CREATE INDEX reporting_lines_by_manager ON reporting_lines USING btree (manager_id);

CREATE INDEX return_lines_by_order_line ON return_lines USING btree (order_line_id) WHERE (order_line_id IS NOT NULL);

CREATE INDEX return_lines_by_product ON return_lines USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE INDEX return_lines_by_return ON return_lines USING btree (return_id, "position");

CREATE INDEX returns_by_account ON returns USING btree (account_id, returned_at) WHERE (account_id IS NOT NULL);

CREATE INDEX returns_by_contact ON returns USING btree (contact_id, returned_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX returns_by_created ON returns USING btree (created_at, id);

CREATE INDEX returns_by_order ON returns USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX returns_by_reason ON returns USING btree (reason_id) WHERE (reason_id IS NOT NULL);

CREATE INDEX returns_by_returned ON returns USING btree (returned_at, id);

CREATE INDEX returns_by_total ON returns USING btree (base_total, id);

CREATE INDEX returns_by_updated ON returns USING btree (updated_at, id);

CREATE INDEX returns_found ON returns USING gin (search_text(number, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX returns_search ON returns USING gin (lower((number COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE UNIQUE INDEX roles_by_name ON roles USING btree (lower(name));

CREATE INDEX saved_views_by_object ON saved_views USING btree (object, lower(name), id) WHERE (deleted_at IS NULL);

CREATE INDEX search_entries_by_owner ON search_entries USING btree (owner_id, object, words, record_id) WHERE (owner_id IS NOT NULL);

CREATE INDEX search_entries_by_words ON search_entries USING btree (object, words, record_id);

CREATE INDEX search_words_near ON search_words USING gin (near);

CREATE INDEX segment_flips_by_contact ON segment_flips USING btree (contact_id);

CREATE INDEX segment_flips_by_due ON segment_flips USING btree (due_at);

CREATE INDEX segment_members_by_contact ON segment_members USING btree (contact_id, segment_id);

CREATE INDEX segment_members_by_entry ON segment_members USING btree (segment_id, entered_at DESC, contact_id DESC);

CREATE UNIQUE INDEX segments_by_lower_name ON segments USING btree (lower(name)) WHERE (deleted_at IS NULL);

CREATE INDEX segments_by_name ON segments USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX segments_by_updated ON segments USING btree (updated_at, id);

CREATE INDEX segments_found ON segments USING gin (search_text(name, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX segments_search ON segments USING gin (name gin_trgm_ops);

CREATE INDEX sends_by_contact ON sends USING btree (contact_id, created_at DESC, id DESC);

CREATE INDEX sends_by_source ON sends USING btree (source, source_id, state, id);

CREATE INDEX sends_by_time ON sends USING btree (created_at DESC, id DESC);

CREATE INDEX sends_due ON sends USING btree (due_at, id) WHERE (state = ANY (ARRAY['planned'::text, 'deferred'::text]));

CREATE INDEX sends_due_service ON sends USING btree (due_at, id) WHERE ((state = ANY (ARRAY['planned'::text, 'deferred'::text])) AND (kind = 'service'::text));

CREATE INDEX sends_leased ON sends USING btree (lease_until) WHERE (state = ANY (ARRAY['claimed'::text, 'submitting'::text]));

CREATE UNIQUE INDEX sends_once ON sends USING btree (source, source_id, contact_id) WHERE (kind <> 'service'::text);

CREATE INDEX sends_unknown ON sends USING btree (source, source_id) WHERE (state = 'unknown'::text);

CREATE INDEX shipment_lines_by_order_line ON shipment_lines USING btree (order_line_id);

CREATE INDEX shipments_by_account ON shipments USING btree (account_id, shipped_at) WHERE (account_id IS NOT NULL);

CREATE INDEX shipments_by_contact ON shipments USING btree (contact_id, shipped_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX shipments_by_created ON shipments USING btree (created_at, id);

CREATE INDEX shipments_by_order ON shipments USING btree (order_id);

CREATE INDEX shipments_by_shipped ON shipments USING btree (shipped_at, id);

CREATE INDEX shipments_by_updated ON shipments USING btree (updated_at, id);

CREATE INDEX shipments_found ON shipments USING gin (search_text(number, tracking_number, NULL::text) gin_trgm_ops);

CREATE INDEX shipments_on_their_way ON shipments USING btree (promised_at, shipped_at) WHERE (delivered_at IS NULL);

CREATE INDEX shipments_search ON shipments USING gin (lower((number COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops, lower((tracking_number COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX stage_spells_by_opportunity ON stage_spells USING btree (opportunity_id, entered_at);

CREATE INDEX stage_spells_by_stage ON stage_spells USING btree (stage_id);

CREATE UNIQUE INDEX stage_spells_now ON stage_spells USING btree (opportunity_id) WHERE (left_at IS NULL);

CREATE INDEX suppressions_by_send ON suppressions USING btree (send_id) WHERE (send_id IS NOT NULL);

CREATE INDEX suppressions_by_time ON suppressions USING btree (created_at DESC, address);

CREATE INDEX survey_invitations_by_account ON survey_invitations USING btree (account_id) WHERE (account_id IS NOT NULL);

CREATE INDEX survey_invitations_by_case ON survey_invitations USING btree (case_id) WHERE (case_id IS NOT NULL);

CREATE INDEX survey_invitations_by_contact ON survey_invitations USING btree (contact_id, created_at DESC);

CREATE UNIQUE INDEX survey_invitations_by_hand ON survey_invitations USING btree (survey_id, wave, contact_id) WHERE (trigger_fact IS NULL);

CREATE INDEX survey_invitations_by_order ON survey_invitations USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX survey_invitations_by_product ON survey_invitations USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE INDEX survey_invitations_by_survey ON survey_invitations USING btree (survey_id, decided_at);

CREATE INDEX survey_invitations_due ON survey_invitations USING btree (due_at) WHERE (state = 'due'::text);

CREATE UNIQUE INDEX survey_invitations_once ON survey_invitations USING btree (survey_id, trigger_fact) WHERE (trigger_fact IS NOT NULL);

CREATE INDEX survey_invitations_to_remind ON survey_invitations USING btree (remind_at) WHERE (remind_at IS NOT NULL);

CREATE INDEX survey_responses_by_account ON survey_responses USING btree (account_id, at DESC) WHERE (account_id IS NOT NULL);

CREATE INDEX survey_responses_by_case ON survey_responses USING btree (case_id) WHERE (case_id IS NOT NULL);

CREATE INDEX survey_responses_by_contact ON survey_responses USING btree (contact_id, at DESC);

CREATE INDEX survey_responses_by_survey ON survey_responses USING btree (survey_id, at DESC, id DESC);

CREATE INDEX surveys_by_answered ON surveys USING btree (last_answered_at, id);

CREATE INDEX surveys_by_created ON surveys USING btree (created_at, id);

CREATE UNIQUE INDEX surveys_by_name ON surveys USING btree (lower(name)) WHERE (deleted_at IS NULL);

CREATE INDEX surveys_by_sorted_name ON surveys USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX surveys_by_updated ON surveys USING btree (updated_at, id);

CREATE INDEX surveys_found ON surveys USING gin (search_text(name, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX surveys_search ON surveys USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX tagged_by_tag ON tagged USING btree (tag_id, object, record_id) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX tagged_once ON tagged USING btree (record_id, tag_id);

CREATE UNIQUE INDEX tags_by_name ON tags USING btree (lower((name COLLATE "und-x-icu")) COLLATE "C") WHERE (deleted_at IS NULL);

CREATE INDEX tags_search ON tags USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX tasks_by_about ON tasks USING btree (about_object, about_id);

CREATE INDEX tasks_by_account ON tasks USING btree (account_id, due_at);

CREATE INDEX tasks_by_contact ON tasks USING btree (contact_id, due_at);

CREATE INDEX tasks_by_created ON tasks USING btree (created_at, id);

CREATE INDEX tasks_by_done ON tasks USING btree (done_at, id);

CREATE INDEX tasks_by_due ON tasks USING btree (due_at, id);

CREATE INDEX tasks_by_updated ON tasks USING btree (updated_at, id);

CREATE INDEX tasks_found ON tasks USING gin (search_text(title, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX tasks_open ON tasks USING btree (owner_id, due_at, id) WHERE ((status = 'open'::text) AND (deleted_at IS NULL));

CREATE INDEX tasks_search ON tasks USING gin (lower((title COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX tasks_to_tell ON tasks USING btree (COALESCE(remind_at, due_at)) WHERE ((told_at IS NULL) AND (status = 'open'::text) AND (deleted_at IS NULL) AND (owner_id IS NOT NULL));

CREATE INDEX team_members_by_user ON team_members USING btree (user_id);

CREATE UNIQUE INDEX teams_by_name ON teams USING btree (lower(name));

CREATE UNIQUE INDEX territories_by_name ON territories USING btree (lower(name));

CREATE INDEX territory_holders_by_team ON territory_holders USING btree (team_id) WHERE (team_id IS NOT NULL);

CREATE INDEX territory_holders_by_user ON territory_holders USING btree (user_id) WHERE (user_id IS NOT NULL);

CREATE UNIQUE INDEX territory_holders_once ON territory_holders USING btree (territory_id, COALESCE(user_id, team_id));

CREATE INDEX theme_mentions_by_account ON theme_mentions USING btree (account_id) WHERE (account_id IS NOT NULL);

CREATE INDEX theme_mentions_by_contact ON theme_mentions USING btree (contact_id, occurred_at) WHERE (contact_id IS NOT NULL);

CREATE INDEX theme_mentions_by_product ON theme_mentions USING btree (product_id) WHERE (product_id IS NOT NULL);

CREATE INDEX theme_mentions_by_time ON theme_mentions USING btree (theme_id, occurred_at);

CREATE INDEX themes_by_created ON themes USING btree (created_at, id);

CREATE UNIQUE INDEX themes_by_lower_name ON themes USING btree (lower(name)) WHERE (deleted_at IS NULL);

CREATE INDEX themes_by_name ON themes USING btree (name COLLATE "und-x-icu", id);

CREATE INDEX themes_by_updated ON themes USING btree (updated_at, id);

CREATE INDEX themes_found ON themes USING gin (search_text(name, NULL::text, NULL::text) gin_trgm_ops);

CREATE INDEX themes_search ON themes USING gin (lower((name COLLATE "und-x-icu")) COLLATE "C" gin_trgm_ops);

CREATE INDEX unwanted_recommendations_by_product ON unwanted_recommendations USING btree (product_id);

CREATE INDEX view_defaults_by_view ON view_defaults USING btree (view_id);

CREATE INDEX view_pins_by_object ON view_pins USING btree (object, user_id);

CREATE INDEX view_pins_by_view ON view_pins USING btree (view_id);

create view invoices_told as  SELECT i.id,
    i.kind,
    i.number,
    i.order_id,
    i.invoice_id,
    i.contact_id,
    i.account_id,
    i.currency,
    i.issued_at,
    i.due_at,
    i.net,
    i.tax,
    i.total,
    i.base_total,
    i.line_count,
    i.seller,
    i.buyer,
    i.reason,
    i.reason_id,
    i.fact,
    i.credited,
    i.sent_at,
    i.sent_count,
    i.version,
    i.created_at,
    i.updated_at,
    i.deleted_at,
    p.paid,
    ((i.total - i.credited) - p.paid) AS open,
        CASE
            WHEN (i.kind = 'credit_note'::text) THEN 'credit_note'::text
            WHEN (i.credited = i.total) THEN 'credited'::text
            WHEN (p.paid = (i.total - i.credited)) THEN 'paid'::text
            WHEN (i.due_at < ((now() AT TIME ZONE 'utc'::text))::date) THEN 'overdue'::text
            ELSE 'open'::text
        END AS status
   FROM ((invoices i
     JOIN orders o ON ((o.id = i.order_id)))
     CROSS JOIN LATERAL ( SELECT
                CASE
                    WHEN (i.kind = 'credit_note'::text) THEN i.total
                    ELSE (GREATEST((0)::numeric, LEAST(((i.total - i.credited))::numeric, (((o.paid - LEAST(o.refunded, o.credited)))::numeric - ( SELECT COALESCE(sum((e.total - e.credited)), (0)::numeric) AS "coalesce"
                       FROM invoices e
                      WHERE ((e.order_id = i.order_id) AND (e.kind = 'invoice'::text) AND (ROW(e.issued_at, e.id) < ROW(i.issued_at, i.id))))))))::bigint
                END AS paid) p);

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
    o.deleted_at,
    l.ships,
    l.discount,
    l.tax_rate,
    l.tax,
    l.cancelled_quantity,
    l.shipped_quantity,
    l.delivered_quantity,
    l.invoiced_quantity
   FROM (order_lines l
     JOIN orders o ON ((o.id = l.order_id)));
