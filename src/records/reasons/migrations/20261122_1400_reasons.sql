-- One taxonomy for cases, returns, refunds, lost and unqualified ones and those who left: it is what makes themes countable.
create table reasons (
  id         uuid        not null primary key,
  -- Of those that Rondo brings, so that a restart finds them under any label.
  key        text        unique,
  label      text        not null check (length(label) between 1 and 100),
  applies_to text[]      not null check (cardinality(applies_to) > 0 and applies_to <@ '{case,return,refund,lost,unqualified,churn}'),
  -- Two levels at most: a group and its reasons.
  parent_id  uuid        references reasons check (parent_id <> id),
  position   int         not null default 0,
  -- Retired: not offered any more; what it explained keeps it.
  active     boolean     not null default true,
  version    int         not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index reasons_by_label on reasons (lower(label));
create index reasons_by_parent on reasons (parent_id, position) where parent_id is not null;
