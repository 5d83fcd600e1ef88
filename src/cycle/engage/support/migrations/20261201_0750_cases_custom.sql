-- Fields that administrators add to cases.
alter table cases add column custom jsonb not null default '{}';
