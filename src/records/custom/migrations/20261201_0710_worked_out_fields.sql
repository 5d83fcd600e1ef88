-- Fields that hold nothing: a formula over the record's own fields, or a figure over records that point to it; worked out when read.
alter table custom_fields add column formula text, add column rollup jsonb;

-- What formulas are made of. All are immutable, so that an index can be built on a formula.
-- A number within what a field may hold, to six decimals; else nothing.
create function formula_number(v numeric) returns numeric language sql immutable parallel safe as $$
  select case when abs(v) <= 1000000000000000 then trim_scale(round(v, 6)) end
$$;
-- The day in a text that begins with one; it never fails: the 31st of a short month runs on into the next.
create function formula_day(v text) returns date language sql immutable parallel safe as $$
  select case when v ~ '^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'
              then make_date(substr(v, 1, 4)::int, substr(v, 6, 2)::int, 1) + (substr(v, 9, 2)::int - 1) end
$$;
create function formula_day_text(v date) returns text language sql immutable parallel safe as $$
  select case when extract(year from v) between 1000 and 2999
              then extract(year from v)::text || '-' || lpad(extract(month from v)::text, 2, '0') || '-' || lpad(extract(day from v)::text, 2, '0') end
$$;
-- Days later or, below zero, earlier; nothing beyond what calendars reach.
create function formula_later(v date, days numeric) returns date language sql immutable parallel safe as $$
  select case when abs(days) <= 1000000 then v + trunc(days)::int end
$$;
