-- Roles made in the browser. What a role says of an object it does not name: nothing. Other permissions are those of its base.
create table roles (
  id         uuid        not null primary key,
  name       text        not null check (length(name) between 1 and 80),
  base       text        not null check (base in ('admin', 'manager', 'agent', 'viewer')),
  version    int         not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index roles_by_name on roles (lower(name));

-- How far a verb of the role reaches on an object, named by its plural; without a row it reaches nothing.
create table role_grants (
  role_id uuid not null references roles on delete cascade,
  object  text not null,
  verb    text not null check (verb in ('create', 'read', 'update', 'delete', 'export')),
  scope   text not null check (scope in ('own', 'team', 'subordinates', 'territory', 'all')),
  primary key (role_id, object, verb)
);

-- The fields a role may read, and change: an allow-list. An object without rows here shows all its fields.
create table role_fields (
  role_id  uuid    not null references roles on delete cascade,
  object   text    not null,
  field    text    not null,
  editable boolean not null,
  primary key (role_id, object, field)
);

create table teams (
  id         uuid        not null primary key,
  name       text        not null check (length(name) between 1 and 80),
  created_at timestamptz not null default now()
);
create unique index teams_by_name on teams (lower(name));

create table team_members (
  team_id uuid not null references teams on delete cascade,
  user_id uuid not null,
  primary key (team_id, user_id)
);
create index team_members_by_user on team_members (user_id);

-- Who reports to whom; the command refuses a circle.
create table reporting_lines (
  user_id    uuid not null primary key,
  manager_id uuid not null check (manager_id <> user_id)
);
create index reporting_lines_by_manager on reporting_lines (manager_id);

-- Customers by a condition on their own fields, given to people and teams.
create table territories (
  id         uuid        not null primary key,
  name       text        not null check (length(name) between 1 and 80),
  object     text        not null check (object in ('contact', 'account')),
  condition  jsonb       not null,
  version    int         not null default 1,
  created_at timestamptz not null default now()
);
create unique index territories_by_name on territories (lower(name));

create table territory_holders (
  territory_id uuid not null references territories on delete cascade,
  user_id      uuid,
  team_id      uuid references teams on delete cascade,
  check (num_nonnulls(user_id, team_id) = 1)
);
create unique index territory_holders_once on territory_holders (territory_id, coalesce(user_id, team_id));
create index territory_holders_by_user on territory_holders (user_id) where user_id is not null;
create index territory_holders_by_team on territory_holders (team_id) where team_id is not null;

-- Records shared by hand with a person or a team.
create table record_shares (
  object     text        not null,
  record_id  uuid        not null,
  user_id    uuid,
  team_id    uuid        references teams on delete cascade,
  can_edit   boolean     not null,
  shared_by  text        not null,
  shared_at  timestamptz not null,
  check (num_nonnulls(user_id, team_id) = 1)
);
create unique index record_shares_once on record_shares (record_id, coalesce(user_id, team_id));
create index record_shares_by_user on record_shares (user_id, object) include (record_id, can_edit) where user_id is not null;
create index record_shares_by_team on record_shares (team_id, object) include (record_id, can_edit) where team_id is not null;

-- Only their owner, those they are shared with, owners of the company and administrators see these.
create table private_records (
  object    text        not null,
  record_id uuid        not null primary key,
  made_by   text        not null,
  made_at   timestamptz not null
);
create index private_records_by_object on private_records (object);
