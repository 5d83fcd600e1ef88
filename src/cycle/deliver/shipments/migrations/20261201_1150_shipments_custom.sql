-- Fields that administrators add to shipments.
alter table shipments add column custom jsonb not null default '{}';
