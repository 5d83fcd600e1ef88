-- The keys as numbers: a text of a company's id and a word was compared letter by letter, and half of the index was those texts. Two
-- keys that meet by chance cost one comparison. Within a company or domain a word stands with the first letter of another one, so that
-- a domain of a million people has no key that tens of thousands share; names of one word stand alone.
drop index contacts_alike;
drop index accounts_alike;
drop function contact_likeness(text, text, text, uuid);
drop function account_likeness(text, text, text, text);

create function contact_likeness(name text, email text, phone text, account uuid) returns bigint[] language plpgsql immutable parallel safe as $$
declare
  found  bigint[] := '{}';
  box    text := lower(split_part(email, '@', 1));
  domain text := lower(split_part(email, '@', 2));
  plain  text := lower(name collate "und-x-icu");
  said   text[];
  word   text;
begin
  if phone is not null then found := found || hashtextextended('p ' || phone, 0); end if;
  if email is not null and domain <> '' then
    box := split_part(box, '+', 1);
    if domain in ('gmail.com', 'googlemail.com') then box := replace(box, '.', ''); domain := 'gmail.com'; end if;
    found := found || hashtextextended('e ' || box || '@' || domain, 0);
  end if;
  if domain in ('', 'gmail.com', 'outlook.com', 'hotmail.com', 'live.com', 'yahoo.com', 'icloud.com', 'aol.com', 'gmx.de', 'gmx.net', 'web.de', 't-online.de', 'proton.me', 'protonmail.com', 'mail.ru', 'yandex.ru', 'orange.fr', 'free.fr', 'libero.it') then
    domain := null;
  end if;
  if account is null and domain is null then return found; end if;
  if octet_length(plain) > length(plain) then
    plain := regexp_replace(normalize(replace(plain, 'ß', 'ss'), NFKD), '[\u0300-\u036f]', '', 'g');
  end if;
  said := array(
    select w from unnest(string_to_array(translate(plain, 'øłđðħıŧ.,;:@-_/\()+#"''&|%!?*=<>[]{}~$·–—', 'olddhit' || repeat(' ', 33)), ' ')) w
     where w <> '' and w <> all ('{gmbh,ag,kg,ohg,ug,co,ltd,limited,llc,inc,corp,plc,sa,sas,sarl,srl,spa,bv,nv,ab,oy,as,mbh,ev,und,and,the}') limit 5);
  for i in 1 .. cardinality(said) loop
    for j in 1 .. cardinality(said) loop
      continue when i = j and cardinality(said) > 1;
      word := left(said[i], 3) || case when i = j then '' else ' ' || left(said[j], 1) end;
      if account is not null then found := found || hashtextextended('a ' || account || ' ' || word, 0); end if;
      if domain is not null then found := found || hashtextextended('d ' || domain || ' ' || word, 0); end if;
    end loop;
  end loop;
  return found;
end $$;
create index contacts_alike on contacts using gin (contact_likeness(name, email, phone_e164, account_id)) where deleted_at is null;

create function account_likeness(name text, domain text, phone text, country text) returns bigint[] language plpgsql immutable parallel safe as $$
declare
  found bigint[] := '{}';
  plain text := lower(name collate "und-x-icu");
  whole text;
begin
  if octet_length(plain) > length(plain) then
    plain := regexp_replace(normalize(replace(plain, 'ß', 'ss'), NFKD), '[\u0300-\u036f]', '', 'g');
  end if;
  whole := array_to_string(array(
    select w from unnest(string_to_array(translate(plain, 'øłđðħıŧ.,;:@-_/\()+#"''&|%!?*=<>[]{}~$·–—', 'olddhit' || repeat(' ', 33)), ' ')) w
     where w <> '' and w <> all ('{gmbh,ag,kg,ohg,ug,co,ltd,limited,llc,inc,corp,plc,sa,sas,sarl,srl,spa,bv,nv,ab,oy,as,mbh,ev,und,and,the}') order by w), '');
  if phone is not null then found := found || hashtextextended('p ' || phone, 0); end if;
  if domain is not null then found := found || hashtextextended('w ' || lower(domain), 0); end if;
  if whole <> '' then found := found || hashtextextended('n ' || whole, 0) || hashtextextended('c ' || left(whole, 5), 0); end if;
  return found;
end $$;
create index accounts_alike on accounts using gin (account_likeness(name, domain, phone_e164, country)) where deleted_at is null;
