-- What of a record can be found, as one line of words; the same as searchFold in src/records/search/text.ts. Not in SQL language:
-- it would be inlined into every plan, at 50 us for each object searched.
create function search_text(a text, b text, c text) returns text language plpgsql immutable parallel safe as $$
declare
  t text := lower((coalesce(a, '') || ' ' || coalesce(b, '') || ' ' || coalesce(c, '')) collate "und-x-icu");
begin
  if octet_length(t) > length(t) then
    t := regexp_replace(normalize(replace(t, 'ß', 'ss'), NFKD), '[\u0300-\u036f]', '', 'g');
  end if;
  return ' ' || translate(t, 'øłđðħıŧ.,;:@-_/\()+#"''&|%!?*=<>[]{}~$·–—', 'olddhit' || repeat(' ', 33)) || ' ';
end $$;

-- Words that occur, with what each becomes by leaving one letter out: a word typed wrong is found by what both can become.
create table search_words (
  word text   not null primary key collate "C",
  near text[] not null
);
create index search_words_near on search_words using gin (near);

-- How far the words of each object were read.
create table search_readings (
  object     text        not null primary key,
  read_until timestamptz not null,
  read_id    uuid        not null,
  read_at    timestamptz not null
);

-- What a person opened or changed lately; at most 200 of each person.
create table record_visits (
  user_id   uuid        not null,
  object    text        not null,
  record_id uuid        not null,
  at        timestamptz not null,
  count     integer     not null default 1,
  primary key (user_id, object, record_id)
);
create index record_visits_by_time on record_visits (user_id, at desc);
create index record_visits_by_record on record_visits (record_id);
