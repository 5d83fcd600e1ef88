select search_watch('contacts', 'contact', 'name', '{email,phone_e164}');
select search_watch('accounts', 'account', 'name', '{domain,phone_e164}');
