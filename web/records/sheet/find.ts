import type { Field } from "#records";
import { objectOf } from "../../kit/boot.ts";
import { request } from "../../kit/client.ts";
import { say } from "../../kit/i18n.ts";
import { textOfValue } from "../../kit/text.ts";
import type { ListAnswer } from "../record.ts";

export type Found = { value: string; title: string } | { words: string };

const asked = async (field: Field, name: string): Promise<readonly { id: string; title: string }[]> => {
  if (field.type === "user") {
    const people = await request<ListAnswer>("GET /people", { limit: 200 });
    return people.items.map((one) => ({ id: one.id, title: textOfValue(one["name"]) }));
  }
  const to = objectOf(field.to ?? "");
  if (!to) return [];
  const filter = { field: to.title, op: "is", value: name };
  const { items } = await request<ListAnswer>(`GET /${to.plural.replaceAll("_", "-")}`, { filter, limit: 3, count: "none" });
  return items.map((one) => ({ id: one.id, title: textOfValue(one[to.title]) }));
}; // prettier-ignore

/** The record or person of that very name; words when there is none, or more than one. */
export async function findNamed(field: Field, name: string): Promise<Found> {
  const low = name.toLocaleLowerCase();
  const found = (await asked(field, name)).filter((one) => one.title.toLocaleLowerCase() === low);
  const [one] = found;
  if (!one) return { words: say("There is nothing called “{name}”", { name }) };
  if (found.length > 1) return { words: say("More than one is called “{name}”", { name }) };
  return { value: one.id, title: one.title };
}
