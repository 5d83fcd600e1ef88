-- One row: how this company thanks those who recommend it.
create table referral_program (
  one                 boolean not null primary key default true check (one),
  active              boolean not null default false,
  -- What the friend reads: the company's own words.
  headline            text    not null default 'A friend thinks we are right for you',
  words               text    not null default '',
  reward_points       int     not null default 200 check (reward_points between 0 and 1000000),
  -- Whose codes friends get; null: none.
  friend_promotion_id uuid    references promotions on delete set null,
  -- Minor units of the company's currency, tax included.
  min_order           bigint  not null default 0 check (min_order >= 0),
  -- Days from signing up in which the first order counts.
  window_days         int     not null default 60 check (window_days between 1 and 365),
  -- Friends of one advocate that count in 365 days.
  advocate_limit      int     not null default 20 check (advocate_limit between 1 and 1000),
  -- Friends in 24 hours above which a person looks.
  daily_flag          int     not null default 5 check (daily_flag between 1 and 1000),
  version             int     not null default 1
);
create index referral_program_by_promotion on referral_program (friend_promotion_id) where friend_promotion_id is not null;
insert into referral_program default values;

create table referral_codes (
  id           uuid        not null primary key,
  contact_id   uuid        not null unique references contacts on delete cascade,
  code         text        not null unique check (code ~ '^[a-z2-9]{10}$'),
  -- Opened by a person's click; machines only read.
  click_count  int         not null default 0,
  suspended_at timestamptz,
  created_at   timestamptz not null default now()
);

create table referral_clicks (
  id      uuid        not null primary key,
  code_id uuid        not null references referral_codes on delete cascade,
  at      timestamptz not null
);
create index referral_clicks_by_code on referral_clicks (code_id);
create index referral_clicks_by_at on referral_clicks (at);

create table referrals (
  id              uuid        not null primary key,
  advocate_id     uuid        not null references contacts on delete cascade,
  friend_id       uuid        not null references contacts on delete cascade,
  -- As the friend wrote it.
  friend_name     text        not null,
  -- The click that brought them: one referral of each, however often it is sent.
  click_id        uuid        unique,
  clicked_at      timestamptz not null,
  joined_at       timestamptz not null,
  state           text        not null check (state in ('signed_up', 'qualified', 'holding', 'approved', 'rewarded', 'rejected', 'clawed_back')),
  reason          text,
  -- What speaks for a look at it, in words; never a network address alone.
  flags           text,
  review          text        not null default 'none' check (review in ('none', 'waiting', 'cleared', 'refused')),
  reviewed_by     text,
  -- Until when the first order counts.
  expires_at      timestamptz not null,
  order_id        uuid        references orders on delete set null,
  qualified_at    timestamptz,
  -- When goods of that order can no longer come back; null while they are still to arrive.
  hold_until      timestamptz,
  rewarded_at     timestamptz,
  closed_at       timestamptz,
  points          int         not null,
  -- Minor units of the company's currency, as it was when they signed up.
  min_order       bigint      not null default 0,
  friend_code_id  uuid        references promotion_codes on delete set null,
  -- The wording of the consent they ticked, until they confirm it by mail.
  consent_wording text,
  confirmed_at    timestamptz,
  thanked_at      timestamptz,
  made_fact       uuid,
  qualified_fact  uuid,
  rewarded_fact   uuid,
  version         int         not null default 1,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  deleted_at      timestamptz
);
-- A friend is referred once; who was turned away at the door may come again.
create unique index referrals_by_friend_once on referrals (friend_id) where state <> 'rejected';
create index referrals_by_friend on referrals (friend_id);
create index referrals_by_advocate on referrals (advocate_id, joined_at desc);
create index referrals_by_order on referrals (order_id) where order_id is not null;
create index referrals_by_code on referrals (friend_code_id) where friend_code_id is not null;
create index referrals_by_joined on referrals (joined_at, id);
create index referrals_by_created on referrals (created_at, id);
create index referrals_by_updated on referrals (updated_at, id);
create index referrals_by_name on referrals (friend_name collate "und-x-icu", id);
create index referrals_held on referrals (hold_until) where state in ('holding', 'approved') and review <> 'waiting';
create index referrals_open on referrals (expires_at) where state = 'signed_up';
create index referrals_to_review on referrals (joined_at) where review = 'waiting';
create index referrals_to_thank on referrals (qualified_at) where state in ('qualified', 'holding', 'approved') and thanked_at is null;
create index referrals_search on referrals using gin ((lower(friend_name collate "und-x-icu")) collate "C" gin_trgm_ops);
