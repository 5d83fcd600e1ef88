-- Each function for itself, without calling another of ours: an index is built and analysed with no schema of ours in its path.
drop function likeness_words(text);

-- By which texts two contacts can be found to be one: the e-mail without its tag, the telephone number, and each word of the name within
-- the company or the e-mail's domain (not one that anybody may have an address at). An index on them serves the check on save.
create function contact_likeness(name text, email text, phone text, account uuid) returns text[] language plpgsql immutable parallel safe as $$
declare
  found  text[] := '{}';
  box    text := lower(split_part(email, '@', 1));
  domain text := lower(split_part(email, '@', 2));
  word   text;
begin
  if phone is not null then found := found || ('p ' || phone); end if;
  if email is not null and domain <> '' then
    box := split_part(box, '+', 1);
    if domain in ('gmail.com', 'googlemail.com') then box := replace(box, '.', ''); domain := 'gmail.com'; end if;
    found := found || ('e ' || box || '@' || domain);
  end if;
  if domain in ('', 'gmail.com', 'outlook.com', 'hotmail.com', 'live.com', 'yahoo.com', 'icloud.com', 'aol.com', 'gmx.de', 'gmx.net', 'web.de', 't-online.de', 'proton.me', 'protonmail.com', 'mail.ru', 'yandex.ru', 'orange.fr', 'free.fr', 'libero.it') then
    domain := null;
  end if;
  foreach word in array array(
    select w from unnest(string_to_array(btrim(translate(regexp_replace(normalize(replace(lower(name collate "und-x-icu"), 'ß', 'ss'), NFKD), '[\u0300-\u036f]', '', 'g'),
             'øłđðħıŧ.,;:@-_/\()+#"''&|%!?*=<>[]{}~$·–—', 'olddhit' || repeat(' ', 33))), ' ')) w
     where w <> '' and w <> all ('{gmbh,ag,kg,ohg,ug,co,ltd,limited,llc,inc,corp,plc,sa,sas,sarl,srl,spa,bv,nv,ab,oy,as,mbh,ev,und,and,the}') order by w) loop
    if account is not null then found := found || ('a ' || account || ' ' || left(word, 3)); end if;
    if domain is not null then found := found || ('d ' || domain || ' ' || left(word, 3)); end if;
  end loop;
  return found;
end $$;
create index contacts_alike on contacts using gin (contact_likeness(name, email, phone_e164, account_id)) where deleted_at is null;

create function account_likeness(name text, domain text, phone text, country text) returns text[] language plpgsql immutable parallel safe as $$
declare
  found text[] := '{}';
  whole text := array_to_string(array(
    select w from unnest(string_to_array(btrim(translate(regexp_replace(normalize(replace(lower(name collate "und-x-icu"), 'ß', 'ss'), NFKD), '[\u0300-\u036f]', '', 'g'),
             'øłđðħıŧ.,;:@-_/\()+#"''&|%!?*=<>[]{}~$·–—', 'olddhit' || repeat(' ', 33))), ' ')) w
     where w <> '' and w <> all ('{gmbh,ag,kg,ohg,ug,co,ltd,limited,llc,inc,corp,plc,sa,sas,sarl,srl,spa,bv,nv,ab,oy,as,mbh,ev,und,and,the}') order by w), '');
begin
  if phone is not null then found := found || ('p ' || phone); end if;
  if domain is not null then found := found || ('w ' || lower(domain)); end if;
  if whole <> '' then found := found || ('n ' || whole) || ('c ' || left(whole, 5)); end if;
  return found;
end $$;
create index accounts_alike on accounts using gin (account_likeness(name, domain, phone_e164, country)) where deleted_at is null;
