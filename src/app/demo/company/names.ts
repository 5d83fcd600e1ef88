import type { Chance } from "./chance.ts";

/*
 * Names of many origins. Phone numbers come only from ranges that the countries' regulators keep free for films and books;
 * where there is no such range, people have no phone.
 */
export interface Origin {
  country: string;
  language: string;
  /** How many of a hundred customers come from here. */
  share: number;
  cities: readonly string[];
  given: readonly string[];
  family: readonly string[];
  phone?: (chance: Chance) => string;
}

const words = (text: string): string[] => text.split(" ");
const digits = (chance: Chance, n: number): string => String(chance.whole(0, 10 ** n - 1)).padStart(n, "0");

export const origins: readonly Origin[] = [
  {
    country: "DE", language: "de", share: 24, cities: words("Berlin Hamburg Leipzig Köln München Bremen Dresden Freiburg"),
    given: words("Anna Jonas Lena Felix Klara Paul Frieda Emil Greta Moritz Ayşe Mehmet Thuy Svetlana Kai Johanna"),
    family: words("Müller Schäfer Weiß Krüger Vogt Brandt Yıldız Nguyen Kowalski Sommer Hahn Roth Busch Lorenz Engel Petrov"),
    phone: (c) => `+49 ${c.pick(["30 23125", "69 90009", "40 66969", "221 4710", "89 99998"])} ${digits(c, 3)}`,
  },
  {
    country: "GB", language: "en", share: 14, cities: words("London Leeds Bristol Glasgow Cardiff Manchester"),
    given: words("Amelia Oliver Priti Harry Zainab Callum Isla Kwame Freya Rhys Imogen Tariq Niamh Alfie"),
    family: words("Bennett Khan Hughes Okoye Campbell Shah Whitfield Evans Begum Fraser Ashworth Mensah Clarke Doyle"),
    phone: (c) => `+44 20 7946 0${digits(c, 3)}`,
  },
  {
    country: "FR", language: "fr", share: 12, cities: words("Paris Lyon Nantes Lille Toulouse Strasbourg"),
    given: words("Camille Lucas Inès Hugo Aminata Théo Léa Karim Manon Étienne Chloé Moussa Élodie Rémi"),
    family: words("Moreau Lefèvre Diallo Garnier Benali Rousseau Chevalier Traoré Fontaine Marchand Girard Haddad Perrin Noël"),
    phone: (c) => `+33 6 39 98 ${digits(c, 2)} ${digits(c, 2)}`,
  },
  {
    country: "US", language: "en", share: 10, cities: ["Portland", "Chicago", "Austin", "New York", "Denver", "Oakland"],
    given: words("Maya Ethan Sofia Jamal Grace Diego Hannah Tyrone Chloe Wei Abigail Mateo Naomi Caleb"),
    family: words("Carter Nguyen Ramirez Johnson Chen Brooks Patel Rivera Coleman Goldberg Foster Jackson Park Alvarez"),
    phone: (c) => `+1 ${c.pick(["503", "312", "512", "212", "303", "510"])} 555 01${digits(c, 2)}`,
  },
  {
    country: "SE", language: "sv", share: 6, cities: words("Stockholm Göteborg Malmö Uppsala"),
    given: words("Elsa Nils Astrid Oskar Maja Sami Ebba Viktor Leila Axel Freja Hassan"),
    family: words("Lindqvist Sjöberg Åkesson Nyström Hosseini Bergman Ekström Wallin Norén Dahl Hedlund Salonen"),
    phone: (c) => `+46 ${c.pick(["8 465 004", "31 390 06", "40 628 04", "980 319 2"])}${digits(c, 2)}`,
  },
  {
    country: "IE", language: "en", share: 3, cities: words("Dublin Cork Galway"),
    given: words("Aoife Cian Saoirse Oisín Róisín Darragh Ciara Eoghan"), family: words("Byrne Kelleher Gallagher Nolan Keane Moran Brennan Healy"),
    phone: (c) => `+353 20 91${c.whole(0, 9)} ${digits(c, 4)}`,
  },
  {
    country: "AU", language: "en", share: 3, cities: words("Melbourne Sydney Hobart"),
    given: words("Ruby Jack Matilda Lachlan Mei Noah Tahlia Arjun"), family: words("Walsh Nguyen Thompson Singh Murray Papadopoulos Reid Chan"),
    phone: (c) => `+61 ${c.pick(["2", "3", "7", "8"])} 5550 ${digits(c, 4)}`,
  },
  {
    country: "ES", language: "es", share: 6, cities: words("Madrid Valencia Sevilla Bilbao"),
    given: words("Lucía Javier Carmen Iker Marina Pablo Nuria Álvaro Rocío Sergio Yasmin Andrés"),
    family: words("Navarro Iglesias Ortega Molina Serrano Vidal Peña Cabrera Santos Ibáñez Muñoz Guerrero"),
  },
  {
    country: "IT", language: "it", share: 5, cities: words("Milano Bologna Torino Roma"),
    given: words("Giulia Matteo Chiara Lorenzo Sara Davide Elena Marco Ginevra Simone"),
    family: words("Ferrari Romano Colombo Greco Conti Marino Ricci Esposito Galli Moretti"),
  },
  {
    country: "PL", language: "pl", share: 5, cities: words("Warszawa Kraków Gdańsk Poznań"),
    given: words("Zofia Jakub Hanna Łukasz Maria Piotr Agnieszka Michał Oliwia Tomasz"),
    family: words("Nowak Wiśniewski Zieliński Kamiński Lewandowska Wójcik Kaczmarek Mazur Krawczyk Dąbrowska"),
  },
  {
    country: "NL", language: "nl", share: 4, cities: words("Amsterdam Utrecht Rotterdam"),
    given: words("Sanne Daan Fleur Bram Noor Thijs Yara Sem Lotte Ruben"), family: ["de Vries", "van Dijk", "Bakker", "Visser", "Smit", "El Amrani", "Mulder", "de Boer", "Kok", "van Leeuwen"],
  },
  {
    country: "IN", language: "en", share: 3, cities: words("Pune Bengaluru Kochi"),
    given: words("Ananya Rohan Kavya Aditya Meera Vikram Nisha Farhan"), family: words("Iyer Deshpande Nair Kapoor Rao Banerjee Menon Siddiqui"),
  },
  {
    country: "JP", language: "ja", share: 2, cities: words("Kyoto Sapporo Fukuoka"),
    given: words("Yui Haruto Aoi Ren Sakura Sota Hina Daiki"), family: words("Tanaka Watanabe Kobayashi Yamamoto Mori Inoue Hayashi Ishii"),
  },
  {
    country: "NG", language: "en", share: 3, cities: words("Lagos Ibadan Abuja"),
    given: words("Chidi Ngozi Tunde Amara Emeka Folake Ifeoma Segun"), family: words("Adeyemi Okonkwo Balogun Eze Nwosu Bello Okoro Afolabi"),
  },
]; // prettier-ignore

/** Somewhere a customer may come from, by the origins' shares. */
export function someOrigin(chance: Chance): Origin {
  let left = chance.next() * origins.reduce((sum, o) => sum + o.share, 0);
  return origins.find((o) => (left -= o.share) < 0) ?? origins[0]!;
}

const foreign: Record<string, string> = { ł: "l", ø: "o", ß: "ss", ı: "i", æ: "ae" };

/** A name as an e-mail address writes it: "Łukasz Wójcik" is lukasz.wojcik. */
export const inAscii = (name: string): string =>
  name.toLowerCase().replace(/[łøßıæ]/g, (c) => foreign[c]!).normalize("NFD").replace(/[^a-z0-9 -]/g, "").trim().replace(/[ -]+/g, "."); // prettier-ignore
