-- Fields that administrators add to payments.
alter table payments add column custom jsonb not null default '{}';
