select search_watch('opportunities', 'opportunity', 'name', '{}');
