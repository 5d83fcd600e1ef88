-- Roles name objects of one's own from now on; until now these had what accounts have.
insert into role_grants (role_id, object, verb, scope)
select g.role_id, 'custom/' || o.key, g.verb, g.scope from role_grants g cross join custom_objects o where g.object = 'accounts'
on conflict do nothing;
