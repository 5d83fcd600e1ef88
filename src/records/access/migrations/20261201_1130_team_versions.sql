-- Who says anew what a team is says which version of it they saw.
alter table teams add column version int not null default 1;
