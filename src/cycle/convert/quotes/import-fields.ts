import type { ImportField } from "#records";

/** What a quote says once: on its first row, or the same on each. */
export const headFields: readonly ImportField[] = [
  { name: "contact_id", label: "Contact", type: "text", max: 300, help: "Found by e-mail, name, number or id.", synonyms: ["contact", "customer", "contact email", "customer email", "email", "e mail", "contact name", "customer name", "customer id", "kunde", "kontakt", "client", "cliente"] },
  { name: "account_id", label: "Account", type: "text", max: 300, help: "Found by name, number or id.", synonyms: ["account", "company", "account name", "company name", "organisation", "organization", "firma", "unternehmen", "societe", "entreprise", "empresa"] },
  { name: "subject", label: "About", type: "text", synonyms: ["subject", "about", "quote title", "quote name", "title", "betreff", "objet", "asunto"] },
  { name: "currency", label: "Currency", type: "currency", synonyms: ["currency", "currency code", "wahrung", "devise", "moneda", "valuta"] },
  { name: "rate", label: "Exchange rate", type: "decimal", synonyms: ["exchange rate", "rate", "wechselkurs", "kurs", "taux de change", "tipo de cambio"] },
  { name: "valid_until", label: "Valid until", type: "datetime", synonyms: ["valid until", "valid to", "expires", "expiry date", "expiration date", "gultig bis", "bindefrist", "valable jusqu au", "valido hasta"] },
  { name: "quote_discount", label: "Discount on the whole, percent", type: "decimal", synonyms: ["quote discount", "discount on the whole", "total discount", "overall discount", "gesamtrabatt", "remise globale"] },
  { name: "intro", label: "Words before the lines", type: "long_text", max: 4000, synonyms: ["intro", "introduction", "einleitung"] },
  { name: "terms", label: "Terms", type: "long_text", max: 10_000, synonyms: ["terms", "conditions", "payment terms", "bedingungen", "conditions de paiement", "condiciones"] },
]; // prettier-ignore

/** What each line says. */
const lineFields: readonly ImportField[] = [
  { name: "sku", label: "SKU", type: "text", max: 100, synonyms: ["sku", "variant sku", "stock code", "product code", "item code", "product", "product sku", "article number", "artikelnummer", "artikel nr", "artikel", "reference", "referencia", "codigo"] },
  { name: "product_id", label: "Number of the product elsewhere", type: "text", synonyms: ["product id", "item id"] },
  { name: "description", label: "Description", type: "long_text", max: 2000, help: "The product's name when left out.", synonyms: ["description", "line description", "item", "item name", "product name", "position", "bezeichnung", "beschreibung", "designation", "descripcion"] },
  { name: "quantity", label: "Quantity", type: "decimal", required: true, synonyms: ["quantity", "qty", "units", "menge", "anzahl", "quantite", "cantidad", "quantita"] },
  { name: "unit_price", label: "Price of one", type: "decimal", help: "The product's price of that day when left out.", synonyms: ["unit price", "price", "price of one", "net price", "einzelpreis", "preis", "stuckpreis", "prix unitaire", "prix", "precio unitario", "precio"] },
  { name: "discount_percent", label: "Discount, percent", type: "decimal", synonyms: ["discount percent", "discount", "line discount", "discount rate", "rabatt", "rabatt prozent", "remise", "descuento"] },
  { name: "discount_amount", label: "Discount, amount", type: "decimal", synonyms: ["discount amount", "discount value", "rabattbetrag", "montant remise"] },
  { name: "tax_rate", label: "Tax, percent", type: "decimal", synonyms: ["tax rate", "tax", "vat", "vat rate", "tax percent", "mwst", "ust", "steuersatz", "tva", "iva"] },
]; // prettier-ignore

/** The columns of a file of quotes: one row for each line. */
export const quoteFields: readonly ImportField[] = [
  { name: "number", label: "Quote number", type: "text", max: 100, required: true, help: "Rows with one number are one quote; Rondo gives it a number of its own.", synonyms: ["quote number", "quote", "quote no", "quote id", "number", "offer number", "offer", "angebotsnummer", "angebot", "angebot nr", "numero de devis", "devis", "numero presupuesto", "presupuesto"] },
  ...headFields,
  ...lineFields,
]; // prettier-ignore
