-- Every yes, no and question ever, never changed: who, to what, in which words, from where, with which proof.
create table consent_log (
  id           uuid        not null primary key,
  contact_id   uuid        not null references contacts on delete cascade,
  channel      text        not null check (channel in ('email', 'phone', 'post')),
  purpose      text        not null check (length(purpose) between 1 and 40),
  -- "pending": asked to confirm by mail (double opt-in), not yet given.
  status       text        not null check (status in ('pending', 'given', 'withdrawn')),
  basis        text        not null check (basis in ('consent', 'contract', 'legitimate_interest')),
  wording      text        check (length(wording) <= 4000),
  -- SHA-256 of the wording in UTF-8, hexadecimal.
  wording_hash text,
  source       text        not null check (length(source) between 1 and 200),
  form_id      uuid,
  form_version int,
  ip           text,
  user_agent   text,
  -- What proves it beyond the request: a confirmed mail, a signed paper, a reason given by hand.
  evidence     text        check (length(evidence) <= 1000),
  at           timestamptz not null,
  actor_kind   text        not null,
  actor_id     uuid,
  actor_name   text        not null,
  recorded_at  timestamptz not null default now()
);
create index consent_log_by_contact on consent_log (contact_id, channel, purpose, at, id);

-- The log folded: what counts now. Written with the log's line, in one statement.
create table consents (
  contact_id uuid        not null references contacts on delete cascade,
  channel    text        not null,
  purpose    text        not null,
  status     text        not null check (status in ('pending', 'given', 'withdrawn')),
  since      timestamptz not null,
  -- The line of the log that decided.
  log_id     uuid        not null references consent_log on delete cascade,
  primary key (contact_id, purpose, channel)
);
create index consents_by_purpose on consents (purpose, status, contact_id);
create index consents_by_log on consents (log_id);
