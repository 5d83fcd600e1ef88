-- Money in and money back; orders derive what is paid from here.
create table payments (
  id          uuid        not null primary key,
  order_id    uuid        not null references orders,
  kind        text        not null check (kind in ('payment', 'refund')),
  amount      bigint      not null check (amount > 0),
  currency    text        not null,
  method      text        not null default 'other',
  reference   text,
  received_at timestamptz not null,
  created_at  timestamptz not null default now()
);
create index payments_by_order on payments (order_id);
