create table campaigns (
  id              uuid        not null primary key,
  name            text        not null check (length(name) between 1 and 200),
  subject         text,
  preheader       text,
  segment_id      uuid        references segments,
  -- MJML with Liquid as it was written, and what it was compiled to once for that text.
  body            text        not null default '' check (length(body) <= 200000),
  html            text,
  text_body       text,
  problems        jsonb       not null default '[]',
  from_name       text,
  from_address    text,
  reply_to        text,
  tracked         boolean     not null default true,
  -- What it cost beside the mails, in minor units of the workspace's currency.
  cost            bigint,
  state           text        not null default 'draft' check (state in ('draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled')),
  -- Why it stands so, when Rondo decided it: paused by a refusing server, not started because its hour had long passed.
  note            text,
  send_at         timestamptz,
  started_at      timestamptz,
  finished_at     timestamptz,
  -- Of the segment at the start: members, those of them who had not agreed, and the mails planned.
  member_count    int,
  without_consent int,
  planned_count   int         not null default 0,
  owner_id        uuid,
  version         int         not null default 1,
  created_at      timestamptz not null default now(),
  updated_at      timestamptz not null default now(),
  deleted_at      timestamptz
);
create index campaigns_by_name on campaigns (name collate "und-x-icu", id);
create index campaigns_by_updated on campaigns (updated_at, id);
create index campaigns_by_created on campaigns (created_at, id);
create index campaigns_by_start on campaigns (started_at, id);
create index campaigns_by_segment on campaigns (segment_id) where segment_id is not null;
create index campaigns_due on campaigns (send_at) where state = 'scheduled';
create index campaigns_running on campaigns (id) where state in ('sending', 'paused');
create index campaigns_search on campaigns using gin (name gin_trgm_ops);

-- Clicks of a campaign are found by it: its report asks for all of them.
create index facts_of_campaigns on facts (campaign_id, occurred_at) where campaign_id is not null;
