-- Fields that an administrator added to an object. Their values lie in the record's jsonb column `custom` under the key.
create table custom_fields (
  id         uuid        not null primary key,
  object     text        not null,
  key        text        not null,
  label      text        not null,
  type       text        not null,
  required   boolean     not null default false,
  -- What a new record gets when nothing is said.
  preset     jsonb,
  help       text,
  choices    jsonb,
  to_object  text,
  position   int         not null,
  -- Retired: hidden everywhere, its values are kept; the key stays taken.
  retired_at timestamptz,
  version    int         not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (object, key)
);

-- Counts every change of a definition, so that a process learns of another's with one small question.
create table custom_definitions (
  one     boolean not null primary key default true check (one),
  version bigint  not null
);
insert into custom_definitions (version) values (1);
