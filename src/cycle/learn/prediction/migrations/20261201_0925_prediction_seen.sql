-- The newest fact that a run was made due by: facts that are read again are nothing new to learn from.
alter table prediction_runs add column seen uuid;
