-- A role made in the browser, by its id in the workspace's own tables; `role` is then the built-in one it is based on.
alter table members add column role_id uuid;
