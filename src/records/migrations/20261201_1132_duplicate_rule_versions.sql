-- Who changes a rule for duplicates says which version of it they saw; one that nobody set is none yet, and has version 0.
alter table duplicate_rules add column version int not null default 1;
