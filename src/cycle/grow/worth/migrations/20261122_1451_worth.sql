-- What is computed over all customers at once: when it is due again, when it ran, what came of it.
create table worth_runs (
  what    text        not null primary key check (what in ('bands', 'neighbours')),
  due_at  timestamptz,
  ran_at  timestamptz,
  took_ms int         not null default 0,
  told    jsonb       not null default '{}'
);
insert into worth_runs (what) values ('bands'), ('neighbours');

-- Products bought by the same people: the 50 nearest of each, by cosine over who bought what.
create table product_neighbours (
  product_id   uuid not null references products on delete cascade,
  other_id     uuid not null references products on delete cascade,
  both_bought  int  not null,
  buyers       int  not null,
  other_buyers int  not null,
  similarity   real not null,
  primary key (product_id, other_id)
);
create index product_neighbours_by_other on product_neighbours (other_id);

-- "Not this": somebody said so for this customer.
create table unwanted_recommendations (
  contact_id uuid        not null references contacts on delete cascade,
  product_id uuid        not null references products on delete cascade,
  at         timestamptz not null,
  primary key (contact_id, product_id)
);
create index unwanted_recommendations_by_product on unwanted_recommendations (product_id);
