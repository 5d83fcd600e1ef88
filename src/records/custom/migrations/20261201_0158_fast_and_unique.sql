-- What an index stands behind: fast filter and sort, and values that stand only once. Built and dropped by a job, which says how far it is.
alter table custom_fields
  add column fast text not null default 'off' check (fast in ('off', 'building', 'ready', 'failed')),
  add column uniqueness text not null default 'off' check (uniqueness in ('off', 'building', 'ready', 'failed')),
  add column failure text;
