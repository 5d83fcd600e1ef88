-- What search finds by: for each word of a record the line from that word on, so that words as they are typed are one stretch of one
-- index, however many records there are. Triggers keep it (search_watch), in the transaction of whoever writes the record and however.
create table search_entries (
  object    text collate "C" not null,
  words     text collate "C" not null,
  record_id uuid             not null,
  owner_id  uuid
);

-- The lines of a record: its title from each word on, with the words before after them ("ana ruiz", "ruiz ana"); its other columns from
-- each new word on; a telephone number whole, without its country, and without what may be its area. What is written by one version of
-- this function is taken away by the same: a change of it must fill the table anew.
create function search_starts(title text, more text[]) returns text[] language plpgsql immutable parallel safe as $$
declare
  found text[] := '{}';
  begun text[] := '{}';
  said  text[] := array_remove(string_to_array(search_text(title, null, null), ' '), '');
  n     int    := least(cardinality(said), 40);
  line  text;
begin
  for i in 1 .. coalesce(n, 0) loop
    if said[i] <> all (begun) then
      begun := begun || said[i];
      line := array_to_string(said[i : i + 11], ' ');
      if i > 1 and n < 12 then line := line || ' ' || array_to_string(said[1 : i - 1], ' '); end if;
      found := found || left(line, 60);
    end if;
  end loop;
  foreach line in array more loop
    continue when line is null or line = '';
    if line ~ '^\+\d{7,15}$' then
      line := substr(line, 2);
      found := found || line;
      line := ltrim(regexp_replace(line, '^(1|7|2[07]|3[0123469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(2[1-689]|3[578]|42|5[09]|6[7-9]|8[03578]|9[679])\d)', ''), '0');
      for i in 1 .. 6 loop
        if length(line) - i >= 4 and i <> 2 then found := found || substr(line, i); end if;
      end loop;
      continue;
    end if;
    said := array_remove(string_to_array(search_text(line, null, null), ' '), '');
    -- Nobody is found by the last part of an address.
    n := least(cardinality(said), 40) - case when position('@' in line) > 0 and cardinality(said) > 2 then 1 else 0 end;
    for i in 1 .. n loop
      if i = 1 or said[i] <> all (begun) then
        begun := begun || said[i];
        found := found || left(array_to_string(said[i : i + 11], ' '), 60);
      end if;
    end loop;
  end loop;
  return found;
end $$;

-- Keeps the entries of a table's rows from now on, and fills them with what is there: one statement for a statement that adds rows,
-- one for each row of which something changed that is searched by.
create function search_watch(watched text, object text, title text, more text[]) returns void language plpgsql as $watch$
declare
  has   text[] := array(select attname::text from pg_attribute where attrelid = quote_ident(watched)::regclass and attnum > 0 and not attisdropped);
  tells text[] := array(select c from unnest(title || more || '{deleted_at,owner_id}'::text[]) c where c = any (has));
  owner text   := case when 'owner_id' = any (has) then 't.owner_id' else 'null::uuid' end;
  alive text   := case when 'deleted_at' = any (has) then ' where t.deleted_at is null' else '' end;
  lines text   := format('search_starts(t.%I, array[%s]::text[])', title, (select string_agg(format('t.%I', c), ', ') from unnest(more) c));
  fill  text   := format('insert into search_entries (object, words, record_id, owner_id) select %L, w, t.id, %s from %%s t cross join lateral unnest(%s) w%s', object, owner, lines, alive);
begin
  execute format('create function %I() returns trigger language plpgsql as $f$ begin %s; return null; end $f$', 'search_' || watched || '_added', format(fill, 'added'));
  execute format('create trigger search_added after insert on %I referencing new table as added for each statement execute function %I()', watched, 'search_' || watched || '_added');
  execute format($f$create function %I() returns trigger language plpgsql as $b$
begin
  if tg_op = 'TRUNCATE' then
    delete from search_entries e where e.object = %L;
    return null;
  end if;
  delete from search_entries e using (select old.*) t where e.object = %L and e.words = any (%s) and e.record_id = old.id;
  if tg_op = 'UPDATE' then %s; end if;
  return null;
end $b$$f$, 'search_' || watched || '_changed', object, object, lines, format(fill, '(select new.*)'));
  execute format('create trigger search_changed after update on %I for each row when ((%s) is distinct from (%s)) execute function %I()', watched,
    (select string_agg(format('old.%I', c), ', ') from unnest(tells) c), (select string_agg(format('new.%I', c), ', ') from unnest(tells) c), 'search_' || watched || '_changed');
  execute format('create trigger search_deleted after delete on %I for each row execute function %I()', watched, 'search_' || watched || '_changed');
  execute format('create trigger search_emptied after truncate on %I for each statement execute function %I()', watched, 'search_' || watched || '_changed');
  execute format(fill, quote_ident(watched));
end $watch$;

-- Objects that administrators made.
do $$
declare
  own text;
begin
  for own in select key from custom_objects loop
    perform search_watch('own_' || own, 'custom/' || own, 'name', '{}');
  end loop;
end $$;
