select search_watch('leads', 'lead', 'name', '{}');
