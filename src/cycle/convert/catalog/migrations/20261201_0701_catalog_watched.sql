select search_watch('products', 'product', 'name', '{sku}');
