create table notifications (
  id        uuid        not null primary key,
  user_id   uuid        not null,
  kind      text        not null,
  -- What it is about; none for a job.
  object    text,
  record_id uuid,
  title     text        not null,
  text      text        not null,
  -- The page to open: "/orders/018f…#comments".
  path      text        not null,
  by_name   text        not null,
  -- What told of it, so that telling twice makes one.
  key       text        not null,
  at        timestamptz not null,
  read_at   timestamptz,
  -- When it goes by mail unless it is read before; none when it does not, or has.
  mail_at   timestamptz,
  digest_id uuid
);
create unique index notifications_by_key on notifications (user_id, key);
create index notifications_by_user on notifications (user_id, at desc, id desc);
create index notifications_unread on notifications (user_id) where read_at is null;
create index notifications_to_mail on notifications (mail_at) where mail_at is not null;
create index notifications_by_at on notifications (at);
create index notifications_of_record on notifications (record_id);

-- How a person wants to hear of a kind; the kind's own default when there is no row.
create table notification_ways (
  user_id uuid not null,
  kind    text not null,
  way     text not null check (way in ('off', 'browser', 'digest', 'mail')),
  primary key (user_id, kind)
);

-- The hour of the day, in the workspace's zone, at which a person's digest leaves; 8 when there is no row.
create table digest_hours (
  user_id uuid not null primary key,
  hour    int  not null check (hour between 0 and 23)
);

-- One mail to one of us: written down with its notifications before it leaves. Whoever sends it takes it first, so that no second
-- process sends it; what was taken by a process that died may have left, and is not sent again.
create table digests (
  id         uuid        not null primary key,
  user_id    uuid        not null,
  subject    text        not null,
  paragraphs jsonb       not null,
  created_at timestamptz not null,
  try_at     timestamptz not null,
  attempts   int         not null default 0,
  taken_at   timestamptz,
  sent_at    timestamptz,
  failure    text
);
create index digests_to_send on digests (try_at) where sent_at is null and taken_at is null and attempts < 5;
create index digests_by_user on digests (user_id, created_at desc);
