import type { ImportField } from "#records";

type Looks = NonNullable<ImportField["looks"]>;
const isCode: Looks = (c) =>
  (c.kind === "text" || c.kind === "integer") && c.examples.every((e) => /^[A-Z]{0,4}-?\d+$/i.test(e));
const isCount: Looks = (c) => c.kind === "integer" && c.examples.every((e) => Number(e) < 10_000);

/** What a line of an order file may say, with the names shops and their languages give it. */
export const orderFields: readonly ImportField[] = [
  {
    name: "placed_at", label: "Date of the order", type: "datetime", required: true, looks: (c) => c.kind === "date" || c.kind === "datetime",
    synonyms: ["invoice date", "order date", "date", "placed at", "created at", "purchase date", "order purchase timestamp", "ordered at", "order time", "time", "datetime", "transaction date", "datum", "bestelldatum", "rechnungsdatum", "auftragsdatum", "date de commande", "date commande", "fecha", "fecha de pedido", "data", "data ordine"],
  },
  {
    name: "number", label: "Order number", type: "text", max: 100, marks: /^#\s?\d+$/, help: "Rows with the same number are one order.",
    synonyms: ["order number", "order no", "order id", "invoice no", "invoice number", "invoice", "invoice id", "order", "number", "transaction id", "bestellnummer", "auftragsnummer", "rechnungsnummer", "bestell nr", "numero de commande", "commande", "numero de pedido", "pedido", "ordine"],
  },
  {
    name: "customer_id", label: "Customer number", type: "text", max: 200, looks: isCode,
    synonyms: ["customer id", "customer no", "customer number", "customer", "client id", "user id", "buyer id", "account number", "member id", "kunde", "kunden id", "kundennummer", "kunden nr", "client", "numero client", "cliente", "id cliente", "codigo cliente"],
  },
  { name: "email", label: "E-mail", type: "email", synonyms: ["email", "e mail", "mail", "email address", "customer email", "contact email", "e mail adresse", "courriel", "correo", "correo electronico"] },
  { name: "phone", label: "Phone", type: "phone", synonyms: ["phone", "phone number", "telephone", "mobile", "tel", "billing phone", "customer phone", "telefon", "telefonnummer", "telefono"] },
  { name: "name", label: "Customer's name", type: "text", synonyms: ["customer name", "full name", "name", "buyer name", "buyer", "billing name", "kundenname", "nom du client", "nombre", "nombre cliente"] },
  { name: "given_name", label: "First name", type: "text", max: 100, synonyms: ["first name", "given name", "forename", "vorname", "prenom", "billing first name"] },
  { name: "family_name", label: "Last name", type: "text", max: 100, synonyms: ["last name", "family name", "surname", "nachname", "nom de famille", "apellido", "apellidos", "billing last name"] },
  { name: "account_name", label: "Company", type: "text", synonyms: ["company", "company name", "account", "account name", "organisation", "organization", "firma", "unternehmen", "societe", "entreprise", "empresa", "billing company"] },
  { name: "country", label: "Country", type: "country", synonyms: ["country", "billing country", "shipping country", "customer country", "country code", "land", "pays", "pais", "paese"] },
  { name: "city", label: "City", type: "text", synonyms: ["city", "town", "billing city", "shipping city", "ort", "stadt", "ville", "ciudad", "citta"] },
  {
    name: "description", label: "Product", type: "text",
    synonyms: ["description", "product", "product name", "item", "item name", "item description", "lineitem name", "article", "title", "product title", "bezeichnung", "artikel", "produkt", "beschreibung", "produit", "libelle", "producto", "descripcion", "prodotto"],
  },
  { name: "sku", label: "SKU", type: "text", max: 100, synonyms: ["sku", "stock code", "stockcode", "product id", "item id", "product code", "item code", "article number", "lineitem sku", "artikelnummer", "artikel nr", "reference", "referencia"] },
  { name: "category", label: "Product category", type: "text", synonyms: ["category", "product category", "product type", "department", "kategorie", "warengruppe", "categorie", "categoria"] },
  {
    name: "quantity", label: "Quantity", type: "decimal", looks: isCount, help: "1 when there is none; a negative quantity is a return.",
    synonyms: ["quantity", "qty", "units", "count", "pieces", "amount ordered", "lineitem quantity", "number of *", "no of *", "menge", "anzahl", "stuck", "quantite", "qte", "cantidad", "quantita"],
  },
  {
    name: "unit_price", label: "Price of one", type: "decimal",
    synonyms: ["unit price", "price", "item price", "price each", "unit cost", "lineitem price", "selling price", "einzelpreis", "preis", "stuckpreis", "prix unitaire", "prix", "precio", "precio unitario", "prezzo"],
  },
  {
    name: "total", label: "Total of the line", type: "decimal", looks: (c) => c.kind === "decimal", help: "Instead of the price of one.",
    synonyms: ["total", "amount", "line total", "order total", "total price", "total amount", "revenue", "sales", "value", "dollar value", "order value", "sum", "subtotal", "net amount", "gross amount", "payment value", "betrag", "summe", "gesamt", "gesamtbetrag", "umsatz", "montant", "importe", "importo", "totale"],
  },
  { name: "currency", label: "Currency", type: "currency", synonyms: ["currency", "currency code", "wahrung", "devise", "moneda", "valuta"] },
]; // prettier-ignore
