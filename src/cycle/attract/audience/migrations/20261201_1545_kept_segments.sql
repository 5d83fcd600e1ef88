-- A segment that somebody else than people keeps, such as the arm of an improvement: a hand in it would spoil what is measured.
alter table segments add column kept_by text check (kept_by = 'improvement');
