-- When a task reminds its owner; its due time does when none is said. Told once for each time; what was due before this is not told again.
alter table tasks add column remind_at timestamptz;
alter table tasks add column told_at timestamptz;
update tasks set told_at = now() where due_at <= now();
create index tasks_to_tell on tasks ((coalesce(remind_at, due_at))) where told_at is null and status = 'open' and deleted_at is null and owner_id is not null;
