create index accounts_found on accounts using gin (search_text(name, domain, phone_e164) gin_trgm_ops);
create index contacts_found on contacts using gin (search_text(name, email, phone_e164) gin_trgm_ops);
