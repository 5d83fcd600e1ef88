-- The change set that emptied its fields when a file was taken away: its undo puts it back into those alone.
alter table files add column left_set uuid;
