select search_watch('surveys', 'survey', 'name', '{}');
