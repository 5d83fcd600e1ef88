-- What a period brought is asked by kind of fact over all customers: the ring's money, a stage's outcome, a theme's trend.
create index facts_by_name on facts (name, occurred_at);
