import { designSchema, formType } from "#attract/forms";
import { productType } from "#convert/catalog";
import { changeReferralProgram, referralProgram } from "#grow/advocacy";
import { startProgram, usualRules } from "#grow/loyalty";
import { makeCodes, promotionType } from "#grow/offers";
import { playType } from "#grow/retention";
import { planType } from "#engage/onboarding";
import { surveyType } from "#learn/feedback";
import { themeType } from "#learn/insight";
import { createRecord } from "#records";
import { designSchema as stepsSchema } from "../../src/cycle/engage/onboarding/step.ts";
import type { Walk } from "./walk.ts";

const form = {
  key: "ask-us",
  name: "Ask for a demo",
  opens_lead: true,
  double_opt_in: true,
  design: designSchema.parse({
    fields: [
      { key: "email", contact: "email", type: "email", label: "E-mail", required: true },
      { key: "name", contact: "name", type: "text", label: "Name" },
      { key: "wish", type: "long_text", label: "What would you like to preserve?" },
    ],
    consents: [{ purpose: "newsletter", wording: "Send me the newsletter." }],
  }),
};

const design = stepsSchema.parse({
  steps: [
    { key: "call", title: "We call you", owner: "us" },
    { key: "kitchen", title: "Tell us of your kitchen", owner: "customer", kind: "answer", question: "How many hobs?", depends_on: ["call"] },
    { key: "jar", title: "Your first jar closes", owner: "customer", kind: "fact", done_when: { fact: "case.resolved" }, first_value: true },
  ],
}); // prettier-ignore

/** What a company sets up before anybody comes: a form, a product, an onboarding, a survey, a theme, a play, points, a programme for friends. */
export async function openCompany(w: Walk): Promise<{ product_id: string; theme_id: string }> {
  const [admin, manager] = [w.as("sara"), w.as("tom")];
  await createRecord(admin, formType, form);
  const product_id = (await createRecord(admin, productType, { name: "Starter kit", price: 24_900, kind: "goods" })).id;
  await createRecord(manager, planType, { name: "First jars", product_id, design });
  await createRecord(manager, surveyType, { name: "Would you recommend us?", kind: "nps", trigger: "order.delivered" });
  const { id: theme_id } = await createRecord(manager, themeType, {
    name: "Lids",
    definition: { reason_ids: [], rules: [{ any: ["lid*"], all: [], none: [] }] },
  });
  await createRecord(manager, playType, {
    name: "Call before they go",
    trigger: "at_risk",
    task: "Call {name} before they go",
    held_out: 0,
  });
  await startProgram(manager, { name: "Jar Points", zone: "Europe/Berlin", rules: usualRules(100) });
  const friends = await createRecord(manager, promotionType, { name: "A friend's first order", kind: "percent", percent: 10 }); // prettier-ignore
  await makeCodes(manager, friends.id, { count: 1, uses_limit: 1 });
  const programme = await referralProgram(manager);
  await changeReferralProgram(manager, { ...programme, active: true, headline: "Jars that close", words: "Ten percent off.", min_order: 2000, friend_promotion_id: friends.id }); // prettier-ignore
  return { product_id, theme_id };
}
