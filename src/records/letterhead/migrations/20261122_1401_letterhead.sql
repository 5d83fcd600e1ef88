-- What stands on the company's quotes and invoices; one row.
create table letterhead (
  one        boolean     not null primary key default true check (one),
  -- Empty: the workspace's name.
  legal_name text        not null default '',
  address    text        not null default '',
  tax_id     text        not null default '',
  bank       text        not null default '',
  email      text        not null default '',
  phone      text        not null default '',
  website    text        not null default '',
  -- Small print at the foot of each page.
  footer     text        not null default '',
  -- What a new quote says until somebody writes otherwise.
  terms      text        not null default '',
  -- [{"label": "VAT 19 %", "percent": "19"}], the first one is the usual.
  tax_rates  jsonb       not null default '[]',
  version    int         not null default 1,
  updated_at timestamptz not null default now()
);
insert into letterhead default values;
