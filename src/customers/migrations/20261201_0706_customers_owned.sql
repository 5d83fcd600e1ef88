-- Whoever sees only their own customers, the newest first.
create index contacts_by_owner on contacts (owner_id, created_at, id) where owner_id is not null;
create index accounts_by_owner on accounts (owner_id, created_at, id) where owner_id is not null;
