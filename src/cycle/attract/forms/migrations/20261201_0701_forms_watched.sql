select search_watch('forms', 'form', 'name', '{}');
