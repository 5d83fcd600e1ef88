select search_watch('quotes', 'quote', 'number', '{subject}');
