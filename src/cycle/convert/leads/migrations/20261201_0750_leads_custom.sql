-- Fields that administrators add to leads.
alter table leads add column custom jsonb not null default '{}';
