select search_watch('shipments', 'shipment', 'number', '{tracking_number}');
