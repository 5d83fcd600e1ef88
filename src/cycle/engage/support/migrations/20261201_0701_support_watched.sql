select search_watch('cases', 'case', 'number', '{subject}');
