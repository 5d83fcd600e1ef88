select search_watch('plays', 'play', 'name', '{}');
