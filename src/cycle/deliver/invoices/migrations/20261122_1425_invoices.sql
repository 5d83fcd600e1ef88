-- Invoices and credit notes. What was issued is never changed: the trigger below holds it, whoever writes.
create table invoices (
  id           uuid        not null primary key,
  kind         text        not null check (kind in ('invoice', 'credit_note')),
  number       text        not null unique,
  order_id     uuid        not null references orders,
  -- The invoice a credit note takes back, in whole or in part.
  invoice_id   uuid        references invoices check ((invoice_id is not null) = (kind = 'credit_note')),
  contact_id   uuid        references contacts,
  account_id   uuid        references accounts,
  currency     text        not null,
  issued_at    timestamptz not null,
  due_at       date        not null,
  net          bigint      not null check (net >= 0),
  tax          bigint      not null check (tax >= 0),
  total        bigint      not null check (total > 0 and total = net + tax),
  base_total   bigint      not null,
  line_count   int         not null,
  -- Who wrote to whom, as it was on the day.
  seller       jsonb       not null,
  buyer        jsonb       not null,
  reason       text,
  reason_id    uuid        references reasons,
  fact         uuid        not null,
  -- Sum of its credit notes; the condition is the limit.
  credited     bigint      not null default 0 check (credited between 0 and total),
  sent_at      timestamptz,
  sent_count   int         not null default 0,
  version      int         not null default 1,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  deleted_at   timestamptz
);
create index invoices_by_order on invoices (order_id, issued_at, id);
create index invoices_by_invoice on invoices (invoice_id) where invoice_id is not null;
create index invoices_by_contact on invoices (contact_id, issued_at) where contact_id is not null;
create index invoices_by_account on invoices (account_id, issued_at) where account_id is not null;
create index invoices_by_reason on invoices (reason_id) where reason_id is not null;
create index invoices_by_issued on invoices (issued_at, id);
create index invoices_by_total on invoices (base_total, id);
create index invoices_by_due on invoices (due_at, id);
create index invoices_by_created on invoices (created_at, id);
create index invoices_by_updated on invoices (updated_at, id);
create index invoices_search on invoices using gin ((lower(number collate "und-x-icu")) collate "C" gin_trgm_ops);

create table invoice_lines (
  id                uuid    not null primary key,
  invoice_id        uuid    not null references invoices on delete cascade,
  position          int     not null,
  order_line_id     uuid    references order_lines on delete set null,
  -- For a credit note's line: the line it takes back.
  credits_line_id   uuid    references invoice_lines on delete set null,
  description       text    not null,
  quantity          numeric not null check (quantity > 0),
  unit_price        numeric not null,
  tax_rate          numeric not null,
  tax               bigint  not null check (tax >= 0),
  total             bigint  not null check (total >= tax),
  credited_quantity numeric not null default 0 check (credited_quantity between 0 and quantity),
  credited_total    bigint  not null default 0 check (credited_total between 0 and total),
  credited_tax      bigint  not null default 0 check (credited_tax between 0 and tax),
  unique (invoice_id, position)
);
create index invoice_lines_by_order_line on invoice_lines (order_line_id) where order_line_id is not null;
create index invoice_lines_by_credited on invoice_lines (credits_line_id) where credits_line_id is not null;

-- One row per series, locked by whoever takes its next number until that transaction ends: a number is used or was never taken.
create table invoice_series (
  kind    text        not null primary key,
  prefix  text        not null,
  last    int         not null,
  last_at timestamptz not null default '-infinity'
);
insert into invoice_series (kind, prefix, last) values ('invoice', 'INV-', 1000), ('credit_note', 'CN-', 1000);

create function invoice_stays() returns trigger language plpgsql as $$
begin
  raise exception 'invoice % was issued and stays as it is', old.number using errcode = 'restrict_violation';
end $$;
create trigger invoice_stays before update on invoices for each row
  when ((old.id, old.kind, old.number, old.order_id, old.invoice_id, old.currency, old.issued_at, old.due_at, old.net, old.tax, old.total, old.base_total,
         old.line_count, old.seller, old.buyer, old.reason, old.reason_id, old.fact)
        is distinct from
        (new.id, new.kind, new.number, new.order_id, new.invoice_id, new.currency, new.issued_at, new.due_at, new.net, new.tax, new.total, new.base_total,
         new.line_count, new.seller, new.buyer, new.reason, new.reason_id, new.fact))
  execute function invoice_stays();

-- What was received for an order covers its invoices, the oldest first. Money that went back counts against them as far as they were
-- credited; a goodwill refund beyond that opens no invoice again. Overdue is judged by the day in UTC.
create view invoices_told as
select i.*, p.paid, i.total - i.credited - p.paid as open,
       case when i.kind = 'credit_note' then 'credit_note' when i.credited = i.total then 'credited' when p.paid = i.total - i.credited then 'paid'
            when i.due_at < (now() at time zone 'utc')::date then 'overdue' else 'open' end as status
  from invoices i join orders o on o.id = i.order_id
  cross join lateral (
    select case when i.kind = 'credit_note' then i.total else greatest(0, least(i.total - i.credited, o.paid - least(o.refunded, o.credited) - (
      select coalesce(sum(e.total - e.credited), 0) from invoices e
       where e.order_id = i.order_id and e.kind = 'invoice' and (e.issued_at, e.id) < (i.issued_at, i.id))))::bigint end as paid) p;
