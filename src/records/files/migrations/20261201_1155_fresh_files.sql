-- Fresh: sent for a field of a record that is not saved yet; beside no record, and there for whoever sent it alone.
alter table files alter column record_id drop not null;
create index files_fresh on files (by_id, created_at) where record_id is null;
