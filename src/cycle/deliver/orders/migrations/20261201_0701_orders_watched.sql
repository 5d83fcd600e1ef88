select search_watch('orders', 'order', 'number', '{}');
select search_watch('returns', 'return', 'number', '{}');
