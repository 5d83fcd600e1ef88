-- Built after the entries were filled: with the object's words in order, and once more for each person who sees only their own.
create index search_entries_by_words on search_entries (object, words, record_id);
create index search_entries_by_owner on search_entries (owner_id, object, words, record_id) where owner_id is not null;
