-- The programme's own version: two who rename it or pause it at once are two, though its rules stay as they are.
alter table loyalty_programs add column version int not null default 1;
