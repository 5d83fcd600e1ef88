-- What "is", "in" and "starts with" of the condition language read: text without case (src/records/condition/scalar.ts).
create index contacts_folded_email on contacts ((lower(email collate "und-x-icu")) collate "C");
create index contacts_folded_name on contacts ((lower(name collate "und-x-icu")) collate "C");
create index accounts_folded_name on accounts ((lower(name collate "und-x-icu")) collate "C");
