select search_watch('segments', 'segment', 'name', '{}');
