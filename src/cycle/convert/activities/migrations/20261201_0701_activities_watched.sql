select search_watch('tasks', 'task', 'title', '{}');
