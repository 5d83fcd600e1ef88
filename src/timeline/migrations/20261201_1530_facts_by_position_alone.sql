-- The planner took this index only for small tables: it kept reading by position, once for each kind. One reading by position, for
-- all kinds together, needs no index of its own.
drop index facts_by_kind;
