-- Counts every taking-up of a job and never goes back: a run whose lease is not the row's any more was overtaken.
alter table jobs add column lease int not null default 0;
