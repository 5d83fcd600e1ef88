-- A consumer reads the facts of its kinds in commit order, and passes over all others without looking at them.
create index facts_by_kind on facts (name, epoch, tx, seq);
