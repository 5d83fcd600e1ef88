-- A note's words with their form; `text` stays what is searched and told. Notes of before have none and are shown as they are.
alter table notes add column html text;
alter table notes add column edited_at timestamptz;
alter table notes add column version int not null default 1;
