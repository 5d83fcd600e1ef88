-- A change set may take another one back, or all sets of a job; `undoes` is the id of that set or job.
alter table change_sets add column undoes uuid;
create index change_sets_by_job on change_sets (job_id) where job_id is not null;
create index change_sets_by_undoes on change_sets (undoes) where undoes is not null;

-- A set of a bulk edit has as many changes as records: they are read record by record.
create index changes_by_set_record on changes (set_id, record_id);
drop index changes_by_set;
