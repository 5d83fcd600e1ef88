-- Fields that administrators add to campaigns.
alter table campaigns add column custom jsonb not null default '{}';
