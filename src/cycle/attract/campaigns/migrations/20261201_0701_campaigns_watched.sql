select search_watch('campaigns', 'campaign', 'name', '{}');
