select search_watch('themes', 'theme', 'name', '{}');
select search_watch('insights', 'insight', 'name', '{}');
