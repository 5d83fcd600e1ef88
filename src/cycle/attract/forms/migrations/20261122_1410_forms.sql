create table forms (
  id                uuid        not null primary key,
  -- Stands in its address: /p/{workspace}/f/{key}.
  key               text        not null check (key ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  name              text        not null check (length(name) between 1 and 200),
  title             text,
  intro             text,
  -- { fields: [...], consents: [...] }, see design.ts.
  design            jsonb       not null,
  opens_lead        boolean     not null default true,
  double_opt_in     boolean     not null default true,
  thanks            text,
  redirect          text,
  source            text,
  campaign          text,
  -- Sites that may send it, by origin ("https://shop.example"); empty: any.
  origins           text[]      not null default '{}',
  active            boolean     not null default true,
  submission_count  int         not null default 0,
  last_submitted_at timestamptz,
  version           int         not null default 1,
  created_at        timestamptz not null default now(),
  updated_at        timestamptz not null default now(),
  deleted_at        timestamptz
);
create unique index forms_by_key on forms (key);
create index forms_by_name on forms (name collate "und-x-icu", id);
create index forms_by_updated on forms (updated_at, id);
create index forms_by_submitted on forms (last_submitted_at, id);
create index forms_search on forms using gin (name gin_trgm_ops);

-- Every wording of a consent that was ever shown; a submission keeps which.
create table form_wordings (
  form_id uuid        not null references forms on delete cascade,
  purpose text        not null,
  version int         not null,
  wording text        not null check (length(wording) between 1 and 4000),
  at      timestamptz not null,
  primary key (form_id, purpose, version)
);

create table form_submissions (
  id           uuid        not null primary key,
  form_id      uuid        not null references forms on delete cascade,
  -- Made of the page's seal and what was sent: the same page sent twice is one submission.
  unique_key   text        not null,
  contact_id   uuid        references contacts on delete cascade,
  submitted_at timestamptz not null,
  -- [{ key, label, value }] as it was asked and answered.
  answers      jsonb       not null,
  -- [{ purpose, version }] of the consents that were ticked.
  consents     jsonb       not null default '[]',
  verdict      text        not null check (verdict in ('accepted', 'spam')),
  -- Why it is taken for spam.
  why          text,
  utm_source   text,
  utm_medium   text,
  utm_campaign text,
  utm_term     text,
  utm_content  text,
  referrer     text,
  landing      text,
  ip           text,
  user_agent   text,
  fact_id      uuid,
  -- When they were asked by mail whether it was them.
  asked_at     timestamptz,
  -- When the link in the mail was confirmed.
  confirmed_at timestamptz
);
create unique index form_submissions_once on form_submissions (form_id, unique_key);
create index form_submissions_by_form on form_submissions (form_id, submitted_at desc, id desc);
create index form_submissions_by_contact on form_submissions (contact_id, submitted_at desc);
