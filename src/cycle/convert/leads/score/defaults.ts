import type { Condition } from "#kernel/condition";
import type { ScoreRules } from "./rule.ts";

const did = (fact: string, n: number, days: number): Condition => ({
  fact,
  times: { op: "at_least", n },
  within: { last: { n: days, unit: "day" } },
});
const titled = (...words: string[]): Condition => ({
  any: words.map((value) => ({ field: "job_title", op: "contains", value })),
});
const from = (...hosts: string[]): Condition => ({
  any: hosts.map((value) => ({ field: "email", op: "ends_with", value })),
});

/** The rules a company starts with. */
export const defaultScore: ScoreRules = {
  rules: [
    { key: "asked-this-week", label: "asked this week", group: "interest", points: 20, when: did("form.submitted", 1, 7) },
    { key: "asked-twice", label: "asked more than once this month", group: "interest", points: 10, when: did("form.submitted", 2, 30) },
    { key: "two-visits-today", label: "two visits today", group: "interest", points: 20, when: did("page.visited", 2, 1) },
    {
      key: "looked-at-prices",
      label: "looked at prices",
      group: "interest",
      points: 15,
      when: { fact: "page.visited", times: { op: "at_least", n: 1 }, within: { last: { n: 14, unit: "day" } }, where: { field: "title", op: "contains", value: "pric" } },
    },
    { key: "clicked", label: "clicked in a campaign this month", group: "interest", points: 10, when: did("campaign.clicked", 1, 30) },
    { key: "subscriber", label: "reads the newsletter", group: "interest", points: 5, when: { all: [{ fact: "newsletter.subscribed" }, { not: { fact: "newsletter.unsubscribed" } }] } },
    { key: "company", label: "belongs to a company", group: "fit", points: 15, when: { field: "account_id", op: "is_set" } },
    { key: "decides", label: "decides or buys", group: "fit", points: 15, when: titled("purchas", "owner", "founder", "director", "head of", "buyer", "manager") },
    { key: "bought-before", label: "bought before", group: "fit", points: 10, when: { fact: "order.placed" } },
    { key: "can-be-called", label: "can be called", group: "fit", points: 5, when: { field: "phone", op: "is_set" } },
    { key: "free-mail", label: "free mail address", group: "fit", points: -10, when: from("@gmail.com", "@outlook.com", "@hotmail.com", "@yahoo.com", "@gmx.de", "@web.de") },
  ],
  caps: { fit: 40, interest: 60 },
  hot_from: 50,
}; // prettier-ignore
