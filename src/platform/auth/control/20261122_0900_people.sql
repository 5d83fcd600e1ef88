create extension if not exists pg_trgm schema public;
create extension if not exists unaccent schema public;

-- People and their sign-in; the shape is better-auth's, the names are ours.
create table users (
  id             uuid        not null primary key,
  name           text        not null,
  email          text        not null,
  email_verified boolean     not null default false,
  image          text,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now()
);
create unique index users_by_email on users (email);

create table sessions (
  id         uuid        not null primary key,
  user_id    uuid        not null references users on delete cascade,
  token      text        not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_by_user on sessions (user_id);

create table sign_ins (
  id                       uuid        not null primary key,
  user_id                  uuid        not null references users on delete cascade,
  account_id               text        not null,
  provider_id              text        not null,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz,
  refresh_token_expires_at timestamptz,
  scope                    text,
  password                 text,
  created_at               timestamptz not null default now(),
  updated_at               timestamptz not null default now()
);
create index sign_ins_by_user on sign_ins (user_id);

create table verifications (
  id         uuid        not null primary key,
  identifier text        not null,
  value      text        not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_by_identifier on verifications (identifier);

create table workspaces (
  id         uuid        not null primary key,
  schema     text        not null unique check (schema ~ '^w_[0-9a-f]{12}$'),
  name       text        not null,
  currency   text        not null check (currency ~ '^[A-Z]{3}$'),
  time_zone  text        not null,
  locale     text        not null default 'en',
  lens       text        not null default 'seven_stages',
  version    int         not null default 1,
  created_at timestamptz not null default now()
);

create table members (
  workspace_id uuid        not null references workspaces on delete cascade,
  user_id      uuid        not null references users on delete cascade,
  role         text        not null check (role in ('owner', 'admin', 'manager', 'agent', 'viewer')),
  joined_at    timestamptz not null default now(),
  primary key (workspace_id, user_id)
);
create index members_by_user on members (user_id);

-- Tokens are kept as SHA-256 only: whoever reads the table cannot use them.
create table invitations (
  id           uuid        not null primary key,
  workspace_id uuid        not null references workspaces on delete cascade,
  email        text        not null,
  role         text        not null check (role in ('admin', 'manager', 'agent', 'viewer')),
  token_hash   bytea       not null unique,
  invited_by   uuid        references users on delete set null,
  inviter      text        not null,
  created_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  accepted_at  timestamptz,
  revoked_at   timestamptz
);
create unique index invitations_open on invitations (workspace_id, email) where accepted_at is null and revoked_at is null;
create index invitations_by_workspace on invitations (workspace_id, id);

create table api_keys (
  id           uuid        not null primary key,
  workspace_id uuid        not null references workspaces on delete cascade,
  name         text        not null,
  role         text        not null check (role in ('admin', 'manager', 'agent', 'viewer')),
  token_hash   bytea       not null unique,
  hint         text        not null,
  created_by   uuid        references users on delete set null,
  created_at   timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at   timestamptz,
  revoked_at   timestamptz
);
create index api_keys_by_workspace on api_keys (workspace_id, id);

-- One row per bucket: a conditional update counts, so that two processes never let one more through.
create table rate_limits (
  bucket     text             not null primary key,
  tokens     double precision not null,
  filled_at  timestamptz      not null
);

create table idempotency_keys (
  workspace_id uuid        not null references workspaces on delete cascade,
  actor        text        not null,
  key          text        not null,
  request_hash bytea       not null,
  status       int,
  answer       text,
  created_at   timestamptz not null default now(),
  primary key (workspace_id, actor, key)
);

create table settings (
  key   text  not null primary key,
  value jsonb not null
);

-- Who changed what about people, keys and the company; the customers' own history is elsewhere.
create table audit (
  id           uuid        not null primary key,
  workspace_id uuid        not null references workspaces on delete cascade,
  actor_kind   text        not null,
  actor_id     text,
  actor_name   text        not null,
  act          text        not null,
  detail       jsonb       not null default '{}',
  at           timestamptz not null
);
create index audit_by_workspace on audit (workspace_id, id);
