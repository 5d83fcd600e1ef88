-- Two people who edit a lens at once: the second is told, and overwrites nothing unseen.
alter table lenses add column version int not null default 1;
