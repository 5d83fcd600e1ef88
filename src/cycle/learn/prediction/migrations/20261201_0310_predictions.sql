-- Every model that was learnt from the company's own orders, with its test on the time before: what was said then can be looked up later.
create table prediction_models (
  id         uuid        not null primary key,
  what       text        not null check (what in ('buying')),
  as_of      timestamptz not null,
  verdict    text        not null check (verdict in ('good', 'beaten', 'little')),
  customers  int         not null,
  repeaters  int         not null,
  model      jsonb,
  test       jsonb,
  learnt_at  timestamptz not null
);
create index prediction_models_by_time on prediction_models (what, learnt_at desc);

-- When the model is due to be learnt again, and how long the last time took.
create table prediction_runs (
  what    text        not null primary key check (what in ('buying')),
  due_at  timestamptz,
  ran_at  timestamptz,
  took_ms int         not null default 0
);
insert into prediction_runs (what) values ('buying');
