-- Points: lots, and a journal in which every entry sums to zero.
create table loyalty_programs (
  id         uuid        not null primary key,
  -- One programme in a workspace.
  one        boolean     not null default true unique check (one),
  name       text        not null check (length(name) between 1 and 100),
  -- Days end in this zone.
  zone       text        not null,
  -- Orders paid from this instant on earn.
  started_at timestamptz not null,
  active     boolean     not null default true,
  rules      int         not null default 1
);

-- Rules are never changed: a new version holds for what is earned and spent from then on.
create table loyalty_rules (
  version    int         not null primary key,
  said       jsonb       not null,
  since      timestamptz not null,
  by_name    text        not null
);
alter table loyalty_programs add constraint loyalty_programs_rules foreign key (rules) references loyalty_rules;
create index loyalty_programs_by_rules on loyalty_programs (rules);

-- The six accounts of a member, in points. issued is the contra account: what was ever given and not taken back.
create table loyalty_members (
  id          uuid        not null primary key,
  contact_id  uuid        not null unique references contacts on delete cascade,
  issued      bigint      not null default 0 check (issued >= 0),
  pending     bigint      not null default 0 check (pending >= 0),
  available   bigint      not null default 0 check (available >= 0),
  debt        bigint      not null default 0 check (debt <= 0),
  redeemed    bigint      not null default 0 check (redeemed >= 0),
  expired     bigint      not null default 0 check (expired >= 0),
  tier        text,
  tier_since  timestamptz,
  -- When the tier is looked at again.
  evaluate_at timestamptz,
  in_grace    boolean     not null default false,
  tier_fact   uuid,
  -- When time alone changes something: points become active, expire, a voucher runs out, the tier is looked at.
  due_at      timestamptz,
  joined_at   timestamptz not null,
  -- The instant it was brought to last.
  moved_at    timestamptz not null,
  check (pending + available + debt + redeemed + expired = issued)
);
create index loyalty_members_due on loyalty_members (due_at) where due_at is not null;
create index loyalty_members_by_available on loyalty_members (available desc, id desc);
create index loyalty_members_by_tier on loyalty_members (tier, available desc, id desc);

create table loyalty_lots (
  id             uuid        not null primary key,
  member_id      uuid        not null references loyalty_members on delete cascade,
  source         text        not null check (source in ('order', 'grant', 'hand')),
  order_id       uuid        references orders on delete set null,
  -- Unique, so that nothing is earned twice: earn:{program}:{order}:{rules}, or the giver's own.
  key            text        not null unique,
  reason         text,
  rules          int         not null references loyalty_rules,
  original       bigint      not null check (original > 0),
  remaining      bigint      not null check (remaining between 0 and original),
  reversed       bigint      not null default 0 check (reversed between 0 and original),
  expired        bigint      not null default 0 check (expired between 0 and original),
  state          text        not null check (state in ('pending', 'active', 'spent', 'expired', 'reversed')),
  qualifies      boolean     not null,
  earned_at      timestamptz not null,
  active_at      timestamptz not null,
  activated_at   timestamptz,
  expires_at     timestamptz,
  -- The facts that told of it: what follows from it names them as its cause.
  fact_id        uuid        not null,
  activated_fact uuid
);
create index loyalty_lots_by_member on loyalty_lots (member_id, earned_at);
create index loyalty_lots_by_order on loyalty_lots (order_id) where order_id is not null;
create index loyalty_lots_by_rules on loyalty_lots (rules);
create index loyalty_lots_open on loyalty_lots (member_id) where state in ('pending', 'active');

-- Points that left lots: reserved first, then captured by an order, or released.
create table loyalty_spends (
  id         uuid        not null primary key,
  member_id  uuid        not null references loyalty_members on delete cascade,
  key        text        not null unique,
  points     bigint      not null check (points > 0),
  restored   bigint      not null default 0 check (restored between 0 and points),
  state      text        not null check (state in ('held', 'captured', 'released')),
  hold_until timestamptz,
  rules      int         not null references loyalty_rules,
  reason     text        not null,
  spent_at   timestamptz not null,
  order_id   uuid        references orders on delete set null,
  fact_id    uuid        not null
);
create index loyalty_spends_by_member on loyalty_spends (member_id, spent_at);
create index loyalty_spends_by_order on loyalty_spends (order_id) where order_id is not null;
create index loyalty_spends_by_rules on loyalty_spends (rules);
create index loyalty_spends_held on loyalty_spends (member_id) where state = 'held';

create table loyalty_allocations (
  spend_id uuid   not null references loyalty_spends on delete cascade,
  position int    not null,
  lot_id   uuid   not null references loyalty_lots on delete cascade,
  points   bigint not null check (points > 0),
  restored bigint not null default 0 check (restored between 0 and points),
  primary key (spend_id, position)
);
create index loyalty_allocations_by_lot on loyalty_allocations (lot_id);

-- What a member got for points; its state follows from its spend: held is issued, captured is used, released is cancelled or run out.
create table loyalty_vouchers (
  id         uuid        not null primary key references loyalty_spends on delete cascade,
  code       text        not null unique,
  reward     text        not null,
  amount     bigint      not null check (amount > 0),
  currency   text        not null,
  payment_id uuid        references payments on delete set null,
  -- What it paid of the order, in the order's currency.
  used_amount bigint
);
create index loyalty_vouchers_by_payment on loyalty_vouchers (payment_id) where payment_id is not null;

-- Append-only. What enters the accounts on the left was issued, or taken back, on the right.
create table loyalty_entries (
  id          uuid        not null primary key,
  member_id   uuid        not null references loyalty_members on delete cascade,
  kind        text        not null check (kind in ('earned', 'activated', 'spent', 'captured', 'restored', 'expired', 'reversed', 'adjusted')),
  key         text        not null unique,
  -- When it took effect; an entry written late is dated at its true instant.
  at          timestamptz not null,
  recorded_at timestamptz not null,
  lot_id      uuid        references loyalty_lots on delete cascade,
  spend_id    uuid        references loyalty_spends on delete cascade,
  reason      text,
  fact_id     uuid,
  issued      bigint      not null default 0,
  pending     bigint      not null default 0,
  available   bigint      not null default 0,
  debt        bigint      not null default 0,
  redeemed    bigint      not null default 0,
  expired     bigint      not null default 0,
  check (pending + available + debt + redeemed + expired = issued)
);
create index loyalty_entries_by_member on loyalty_entries (member_id, at desc, id desc);
create index loyalty_entries_by_at on loyalty_entries (at desc, id desc);
create index loyalty_entries_by_lot on loyalty_entries (lot_id) where lot_id is not null;
create index loyalty_entries_by_spend on loyalty_entries (spend_id) where spend_id is not null;

create table loyalty_tiers (
  id         uuid        not null primary key,
  member_id  uuid        not null references loyalty_members on delete cascade,
  tier       text,
  was        text,
  at         timestamptz not null,
  reason     text        not null check (reason in ('reached', 'kept', 'grace', 'lost')),
  qualifying bigint      not null
);
create index loyalty_tiers_by_member on loyalty_tiers (member_id, at desc, id desc);
