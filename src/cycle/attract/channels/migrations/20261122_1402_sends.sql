-- The one ledger of mails: a row per recipient, made before anything leaves and kept after.
create table sends (
  id           uuid        not null primary key,
  kind         text        not null check (kind in ('marketing', 'relationship', 'service')),
  -- What asked for it and which one: a campaign, a survey's invitation, a case's reply.
  source       text        not null check (length(source) between 1 and 40),
  source_id    uuid        not null,
  contact_id   uuid        references contacts on delete cascade,
  account_id   uuid,
  purpose      text        not null check (length(purpose) between 1 and 40),
  -- Where it goes when not to the contact's own address of that moment; after sending, where it went.
  address      text        check (length(address) <= 254),
  -- Null: the source writes it when it is claimed.
  subject      text        check (length(subject) <= 300),
  html         text,
  body         text,
  reply_to     text,
  headers      jsonb       not null default '{}',
  personal     boolean     not null default false,
  unique_key   text        not null unique check (length(unique_key) between 1 and 200),
  state        text        not null default 'planned' check (state in
                 ('planned', 'claimed', 'submitting', 'sent', 'deferred', 'rejected', 'held', 'cancelled', 'unknown')),
  -- Why it stands where it stands: a code to count by, and words.
  code         text,
  reason       text,
  -- Why this person gets it: "in the segment “Quiet for 60 days”".
  why          text,
  attempt      int         not null default 0,
  due_at       timestamptz not null,
  lease        uuid,
  lease_until  timestamptz,
  message_id   text,
  caused_by    uuid,
  fact_id      uuid,
  -- When the contact budget was charged for it.
  charged_at   timestamptz,
  created_at   timestamptz not null,
  sent_at      timestamptz,
  updated_at   timestamptz not null
);
create unique index sends_once on sends (source, source_id, contact_id) where kind <> 'service';
create index sends_by_source on sends (source, source_id, state, id);
create index sends_by_contact on sends (contact_id, created_at desc, id desc);
create index sends_by_time on sends (created_at desc, id desc);
create index sends_due on sends (due_at, id) where state in ('planned', 'deferred');
create index sends_leased on sends (lease_until) where state in ('claimed', 'submitting');

-- What is paused goes on where it stood; nothing is dropped.
create table send_pauses (
  source    text        not null,
  source_id uuid        not null,
  reason    text        not null,
  by_rondo  boolean     not null default false,
  at        timestamptz not null,
  primary key (source, source_id)
);

-- Addresses that get nothing ("all") or no marketing any more.
create table suppressions (
  address    text        not null primary key check (address = lower(address)),
  scope      text        not null check (scope in ('all', 'marketing')),
  why        text        not null check (length(why) between 1 and 500),
  source     text        not null check (source in ('bounce', 'complaint', 'hand')),
  send_id    uuid        references sends on delete set null,
  by_name    text        not null,
  created_at timestamptz not null
);
create index suppressions_by_time on suppressions (created_at desc, address);
create index suppressions_by_send on suppressions (send_id) where send_id is not null;

-- The instants at which a customer was charged for a mail they did not ask for.
create table contact_budgets (
  contact_id uuid          not null primary key references contacts on delete cascade,
  times      timestamptz[] not null
);

create table mail_settings (
  only_row     boolean not null primary key default true check (only_row),
  from_name    text,
  from_address text,
  reply_to     text,
  postal       text,
  -- At most so many marketing and relationship mails a customer in 30 days, and so many hours between two.
  budget_mails int     not null default 8 check (budget_mails between 0 and 1000),
  quiet_hours  int     not null default 20 check (quiet_hours between 0 and 720),
  tracking     boolean not null default true,
  version      int     not null default 1
);
insert into mail_settings default values;

-- Addresses that stood in mails we sent: a link of ours leads to no other.
create table mail_links (
  id  text not null primary key,
  url text not null check (length(url) <= 4000)
);

-- Every request for a picture or a link of ours, as it came; the verdict can be made again.
create table mail_hits (
  id         uuid        not null primary key,
  send_id    uuid        not null references sends on delete cascade,
  kind       text        not null check (kind in ('open', 'click')),
  link_id    text        references mail_links,
  trap       boolean     not null default false,
  at         timestamptz not null,
  method     text        not null,
  user_agent text        not null,
  network    text        not null,
  class      text        check (class in ('human', 'machine', 'unsure')),
  reasons    text[]      not null default '{}',
  -- The fact that tells of a person's click; the first of a link in a mail only.
  fact_id    uuid
);
create index mail_hits_by_send on mail_hits (send_id, at, id);
create index mail_hits_by_link on mail_hits (link_id) where link_id is not null;
create index mail_hits_new on mail_hits (at) where class is null;
