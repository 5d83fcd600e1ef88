-- Records that a bulk job goes through, fixed when it begins: what its own changes do to the filter changes nothing any more.
create table bulk_rows (
  job_id    uuid not null,
  record_id uuid not null,
  primary key (job_id, record_id)
);

-- Records that a bulk job or a taking back left as they were, and why; `now` is what somebody changed the field to since.
create table bulk_failures (
  job_id    uuid not null,
  record_id uuid not null,
  object    text not null,
  field     text not null default '',
  message   text not null,
  was       jsonb,
  now       jsonb,
  primary key (job_id, record_id, object, field)
);
