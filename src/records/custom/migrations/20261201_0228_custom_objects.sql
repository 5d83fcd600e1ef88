-- Objects that an administrator made: each has a table own_<key> of its own, made when it is defined.
create table custom_objects (
  id           uuid        not null primary key,
  key          text        not null unique,
  label        text        not null,
  label_plural text        not null,
  title_label  text        not null,
  retired_at   timestamptz,
  version      int         not null default 1,
  created_at   timestamptz not null,
  updated_at   timestamptz not null
);
