select search_watch('promotions', 'promotion', 'name', '{}');
