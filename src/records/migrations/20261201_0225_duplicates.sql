-- Two records that may be one; a before b. What was found is looked at again whenever one of them changes.
create table duplicate_pairs (
  a          uuid        not null,
  b          uuid        not null,
  object     text        not null,
  rule       text        not null,
  score      real        not null,
  state      text        not null default 'open' check (state in ('open', 'dismissed')),
  found_at   timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  primary key (a, b),
  check (a < b)
);
create index duplicate_pairs_by_b on duplicate_pairs (b);
create index duplicate_pairs_open on duplicate_pairs (object, score desc, a, b) where state = 'open';
create index duplicate_pairs_by_rule on duplicate_pairs (object, rule, a, b) where state = 'open';

-- The rules as the company set them; those it never touched are as the code brings them.
create table duplicate_rules (
  object    text    not null,
  rule      text    not null,
  active    boolean not null,
  threshold real    not null check (threshold between 0 and 1),
  primary key (object, rule)
);

-- The job by which a merge was made, so that all of its merges can be undone.
alter table record_merges add job_id uuid;
create index record_merges_by_job on record_merges (job_id) where job_id is not null;

-- The compared form of a name: its words without accents and legal forms, in order of the alphabet.
create function likeness_words(name text) returns text[] language plpgsql immutable parallel safe as $$
begin
  return array(select w from unnest(string_to_array(btrim(search_text(name, null, null)), ' ')) w
                where w <> '' and w <> all ('{gmbh,ag,kg,ohg,ug,co,ltd,limited,llc,inc,corp,plc,sa,sas,sarl,srl,spa,bv,nv,ab,oy,as,mbh,ev,und,and,the}') order by w);
end $$;
