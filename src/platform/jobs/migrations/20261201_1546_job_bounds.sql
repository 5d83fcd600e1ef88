-- Bounds of a job that always falls: how often it was taken up since a person queued it, when it may be after a fault, and which
-- progress takings-up found (hashes), so that one which goes to and fro stands still.
alter table jobs add column taken int not null default 0, add column due_at timestamptz, add column found_progresses bigint[] not null default '{}',
  drop column found_progress;
