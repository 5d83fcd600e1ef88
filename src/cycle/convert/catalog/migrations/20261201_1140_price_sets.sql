-- The act (change set) that set the price, so that it can be taken back as a whole; null for what was set before this was kept.
alter table price_entries add column set_id uuid;
-- Whether it ended the price before it, which goes on when this one is taken back.
alter table price_entries add column ended_former boolean not null default true;
