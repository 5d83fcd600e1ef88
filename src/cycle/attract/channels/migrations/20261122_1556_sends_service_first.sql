-- Service mail goes before what nobody asked for, however much of that waits.
create index sends_due_service on sends (due_at, id) where state in ('planned', 'deferred') and kind = 'service';
-- Few are in doubt among millions that were sent.
create index sends_unknown on sends (source, source_id) where state = 'unknown';
