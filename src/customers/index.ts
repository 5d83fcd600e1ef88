export { contact, contactType } from "./contact.ts";
export { account, accountType } from "./account.ts";
export { meetContacts, identify, type Person, type Met } from "./meet/contacts.ts";
export { meetAccounts, type Company } from "./meet/accounts.ts";
export { stages, stageChoices, stageLabel, type Stage, type SubjectKind } from "./stage.ts";
export { lifecycleConsumer, nextFlipAt, runDueFlips } from "./lifecycle/consumer.ts";
export { seedRules } from "./lifecycle/rules.ts";
export { lenses, seedLenses } from "./cycle/lenses.ts";
export { stepOf, type Lens, type Step } from "./cycle/lens.ts";
