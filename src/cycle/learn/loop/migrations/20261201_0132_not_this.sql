-- "Not this": a person turned down what was recommended, for good; the fact tells it on the customer's timeline.
create table turned_down (
  user_id uuid        not null,
  due_id  text        not null,
  fact_id uuid        not null,
  at      timestamptz not null,
  primary key (user_id, due_id)
);
