-- Programs and whoever is invited may get a role made in the browser, too; `role` is then the built-in one it is based on.
alter table api_keys add column role_id uuid;
alter table invitations add column role_id uuid;
