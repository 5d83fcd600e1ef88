create index referrals_found on referrals using gin (search_text(friend_name, null, null) gin_trgm_ops);
