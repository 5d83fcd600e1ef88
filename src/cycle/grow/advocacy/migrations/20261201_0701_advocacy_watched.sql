select search_watch('referrals', 'referral', 'friend_name', '{}');
