select search_watch('payments', 'payment', 'number', '{reference}');
