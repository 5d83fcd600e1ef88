select search_watch('invoices', 'invoice', 'number', '{}');
