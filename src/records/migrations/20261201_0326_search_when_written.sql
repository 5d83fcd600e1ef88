-- Words are read again when something was written since, and once more a minute later for what a long transaction wrote meanwhile:
-- `seen` is the newest change set and fact of the last reading.
alter table search_readings add column seen text;
alter table search_readings add column settle_at timestamptz;
