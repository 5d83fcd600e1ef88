// Hosts where people have mailboxes of their own: their domain names no company.
const free = new Set([
  "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "yahoo.co.uk", "yahoo.de", "ymail.com", "icloud.com", "me.com",
  "mac.com", "aol.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.com", "web.de", "t-online.de", "freenet.de", "mail.com", "proton.me", "protonmail.com",
  "pm.me", "orange.fr", "free.fr", "laposte.net", "libero.it", "hotmail.fr", "hotmail.co.uk", "btinternet.com", "qq.com", "163.com", "126.com", "mail.ru", "yandex.ru",
  "zoho.com", "fastmail.com", "posteo.de", "mailbox.org", "bluewin.ch", "telenet.be", "seznam.cz", "wp.pl", "o2.pl", "uol.com.br",
]); // prettier-ignore

/** The domain of a company's own mail; null for a free mailbox and for what is no address. */
export function companyDomain(email: string | null): string | null {
  const host = email?.toLowerCase().split("@")[1];
  return host && host.includes(".") && !free.has(host) ? host : null;
}

/** A first name for a company from its domain: "kim-daughters.example" is Kim Daughters. */
export const nameOfDomain = (domain: string): string =>
  domain
    .split(".")
    .at(-2)!
    .split(/[-_]/)
    .filter((part) => part !== "")
    .map((part) => part[0]!.toUpperCase() + part.slice(1))
    .join(" ")
    .slice(0, 200) || domain;
