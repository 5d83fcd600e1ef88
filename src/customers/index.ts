export { contact, contactType } from "./contact.ts";
export { account, accountType } from "./account.ts";
export { meetContacts, identify, type Person, type Met } from "./meet/contacts.ts";
export { meetAccounts, type Company } from "./meet/accounts.ts";
export { derivedFields } from "./derived.ts";
export { bandFields, bands } from "./bands/band.ts";
export { bandsSql, keepBands } from "./bands/keep.ts";
export { stages, stageChoices, stageLabel, type Stage, type SubjectKind } from "./stage.ts";
export { lifecycleConsumer, nextFlipAt, runDueFlips } from "./lifecycle/consumer.ts";
export { seedRules } from "./lifecycle/rules.ts";
export { lenses, listLenses, seedLenses } from "./cycle/lenses.ts";
export { stepOf, type Lens, type Step } from "./cycle/lens.ts";
export type { Flowed, Moved } from "./cycle/moved.ts";
export type { Flow } from "./cycle/flow.ts";
export { moveByHand } from "./lifecycle/move.ts";
export { movesOf, type MoveSeen } from "./lifecycle/told-moves.ts";
export { leastBase, ringOf, type Ring, type RingAsked, type RingStep, type RingLink } from "./cycle/ring.ts";
export type { Why, LifecycleTold, MoveTold } from "./lifecycle/why.ts";
export type { Rule } from "./lifecycle/rule.ts";
export type { Shift } from "./lifecycle/rebuild.ts";
export {
  bases,
  channels,
  consentFacts,
  purposeLabel,
  purposes,
  type Basis,
  type Channel,
  type ConsentStatus,
  type Purpose,
} from "./consent/purpose.ts";
export {
  askConsent,
  giveConsent,
  logConsents,
  withdrawConsent,
  type ConsentInput,
  type Logged,
} from "./consent/log.ts";
export { consentOf, consentsOfContact, type ConsentTold, type ConsentLine } from "./consent/read.ts";
export type { ConsentsApi } from "./consent/api.ts";
export type { ContactsApi, AccountsApi, LifecycleApi, LensesApi, RingApi } from "./api.ts";
export { holdCustomers, forgetContacts, forgetAccounts, retellFromStart } from "./forget.ts";
