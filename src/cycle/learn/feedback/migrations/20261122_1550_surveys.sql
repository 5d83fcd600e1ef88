-- A question that is asked again and again: how likely they recommend us, how satisfied they are.
create table surveys (
  id               uuid        not null primary key,
  name             text        not null check (length(name) between 1 and 200),
  -- nps: 0 to 10, about the relationship; csat: 1 to 5, about what just happened.
  kind             text        not null check (kind in ('nps', 'csat')),
  question         text        not null check (length(question) between 1 and 300),
  -- Asked below the score; in words of one's own.
  follow_up        text        not null check (length(follow_up) between 1 and 300),
  question_version int         not null default 1,
  -- The fact after which we ask; by_hand: somebody sends it to a segment.
  trigger          text        not null check (trigger in ('order.delivered', 'case.resolved', 'onboarding.completed', 'by_hand')),
  delay_hours      int         not null check (delay_hours between 0 and 2160),
  -- Percent of the occasions on which we ask.
  sample           int         not null check (sample between 1 and 100),
  -- Days until the same customer is asked this again: its own clock.
  rest_days        int         not null check (rest_days between 0 and 730),
  -- Days after which who did not answer is reminded, once; 0: never.
  reminder_days    int         not null check (reminder_days between 0 and 30),
  active           boolean     not null default true,
  sent_count       int         not null default 0,
  answer_count     int         not null default 0,
  last_answered_at timestamptz,
  version          int         not null default 1,
  created_at       timestamptz not null default now(),
  updated_at       timestamptz not null default now(),
  deleted_at       timestamptz
);
create unique index surveys_by_name on surveys (lower(name)) where deleted_at is null;
create index surveys_by_sorted_name on surveys (name collate "und-x-icu", id);
create index surveys_by_created on surveys (created_at, id);
create index surveys_by_updated on surveys (updated_at, id);
create index surveys_by_answered on surveys (last_answered_at, id);
create index surveys_search on surveys using gin ((lower(name collate "und-x-icu")) collate "C" gin_trgm_ops);

-- Every wording that was ever shown; an answer keeps which.
create table survey_wordings (
  survey_id uuid        not null references surveys on delete cascade,
  version   int         not null,
  question  text        not null,
  follow_up text        not null,
  at        timestamptz not null,
  primary key (survey_id, version)
);

-- One occasion on which we could ask, and what was decided: a bias of the answers can be judged only with those who were not asked.
create table survey_invitations (
  id               uuid        not null primary key,
  survey_id        uuid        not null references surveys on delete cascade,
  contact_id       uuid        not null references contacts on delete cascade,
  account_id       uuid        references accounts on delete set null,
  -- The fact after which we ask; null when sent by hand.
  trigger_fact     uuid,
  -- One sending by hand, or the calendar month of the occasion; of one customer and wave the latest answer counts.
  wave             text        not null check (length(wave) between 1 and 60),
  -- What it is about, from the fact.
  case_id          uuid        references cases on delete set null,
  order_id         uuid        references orders on delete set null,
  product_id       uuid        references products on delete set null,
  -- due: not decided yet; queued: its mail waits in the ledger.
  state            text        not null check (state in ('due', 'queued', 'sent', 'held')),
  code             text,
  reason           text,
  due_at           timestamptz not null,
  question_version int,
  send_id          uuid,
  -- When it was decided.
  decided_at       timestamptz,
  sent_fact        uuid,
  remind_at        timestamptz,
  reminded_at      timestamptz,
  -- Why the reminder did not go.
  reminder_held    text,
  answered_at      timestamptz,
  created_at       timestamptz not null,
  check ((state = 'held') = (reason is not null))
);
create unique index survey_invitations_once on survey_invitations (survey_id, trigger_fact) where trigger_fact is not null;
create unique index survey_invitations_by_hand on survey_invitations (survey_id, wave, contact_id) where trigger_fact is null;
create index survey_invitations_by_contact on survey_invitations (contact_id, created_at desc);
create index survey_invitations_by_account on survey_invitations (account_id) where account_id is not null;
create index survey_invitations_by_survey on survey_invitations (survey_id, decided_at);
create index survey_invitations_by_case on survey_invitations (case_id) where case_id is not null;
create index survey_invitations_by_order on survey_invitations (order_id) where order_id is not null;
create index survey_invitations_by_product on survey_invitations (product_id) where product_id is not null;
create index survey_invitations_due on survey_invitations (due_at) where state = 'due';
create index survey_invitations_to_remind on survey_invitations (remind_at) where remind_at is not null;

-- The answer to an invitation; the score stays, the comment may be written later.
create table survey_responses (
  id               uuid        not null primary key,
  survey_id        uuid        not null references surveys on delete cascade,
  invitation_id    uuid        not null unique references survey_invitations on delete cascade,
  contact_id       uuid        not null references contacts on delete cascade,
  account_id       uuid        references accounts on delete set null,
  wave             text        not null,
  kind             text        not null check (kind in ('nps', 'csat')),
  question_version int         not null,
  score            int         not null,
  -- The scale's ends, as it was shown.
  scale            int[]       not null,
  comment          text        check (length(comment) <= 2000),
  channel          text        not null default 'mail' check (channel in ('mail')),
  at               timestamptz not null,
  edited_at        timestamptz,
  fact_id          uuid        not null,
  -- The case that a low score opened.
  case_id          uuid        references cases on delete set null,
  check (case kind when 'nps' then score between 0 and 10 else score between 1 and 5 end)
);
create index survey_responses_by_survey on survey_responses (survey_id, at desc, id desc);
create index survey_responses_by_contact on survey_responses (contact_id, at desc);
create index survey_responses_by_account on survey_responses (account_id, at desc) where account_id is not null;
create index survey_responses_by_case on survey_responses (case_id) where case_id is not null;
