/** What people can agree to be written to about, as the server's src/customers/consent/purpose.ts names it. */
export const purposeChoices: readonly { value: string; label: string }[] = [
  { value: "newsletter", label: "Newsletter" },
  { value: "offers", label: "Personal offers" },
  { value: "surveys", label: "Surveys" },
  { value: "orders", label: "Orders" },
];

/** What a purpose is called. */
export const purposeWord = (purpose: string): string =>
  purposeChoices.find((choice) => choice.value === purpose)?.label ?? purpose;
