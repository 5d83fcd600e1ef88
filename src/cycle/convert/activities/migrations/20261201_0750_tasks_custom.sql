-- Fields that administrators add to tasks.
alter table tasks add column custom jsonb not null default '{}';
