select search_watch('improvements', 'improvement', 'name', '{}');
