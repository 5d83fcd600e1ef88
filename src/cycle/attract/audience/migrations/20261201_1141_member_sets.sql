-- The act (change set) that put the member in by hand, where that is noted: it can be taken back as a whole.
alter table segment_members add column set_id uuid;
