-- How far the last taking-up found a job: a death counts against the job only when it had not gone on since.
alter table jobs add column found_done bigint not null default 0, add column found_progress jsonb not null default '{}';
