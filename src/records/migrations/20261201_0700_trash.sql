-- How long what was moved to the trash stays there, and when the trash was last gone through. One row.
create table trash_settings (
  one        boolean primary key default true check (one),
  keep_days  int not null default 30 check (keep_days between 1 and 3650),
  looked_at  timestamptz,
  version    int not null default 1
);
insert into trash_settings (one) values (true);
