import { useQuery } from "@tanstack/react-query";
import { boot, may, type DescribedObject } from "../../kit/boot.ts";
import { offers, request } from "../../kit/client.ts";
import { payloadObject } from "../filter/fact-words.ts";

interface FactWord {
  name: string;
  label: string;
  stage: string;
}
interface Detail {
  field: string;
  type: "text" | "number" | "money" | "boolean" | "datetime";
}

const isFactWord = (value: unknown): value is FactWord =>
  typeof value === "object" && value !== null && "name" in value && "label" in value && "stage" in value;

/** Facts that conditions may speak of: all the server knows but those that rules themselves record. */
export function factWords(): readonly FactWord[] {
  const told: unknown = { ...boot() };
  const facts = typeof told === "object" && told !== null && "facts" in told ? told.facts : [];
  return Array.isArray(facts)
    ? facts.filter(isFactWord).filter(({ name }) => !/^(customer|lifecycle|import|product|segment)\./.test(name))
    : [];
}

/** What a fact tells beside having happened, described like an object; its fields come when they are asked for first. */
export function useDetails(fact: string): DescribedObject {
  const known = useQuery({
    queryKey: ["facts", "details"],
    queryFn: () => request<{ items: { name: string; details: Detail[] }[] }>("GET /facts"),
    enabled: offers("app.vocabulary") && may("timeline.read"),
    staleTime: Infinity,
  });
  const base = payloadObject(fact);
  const details = known.data?.items.find((one) => one.name === fact)?.details ?? [];
  const told = new Set(base.fields.map((field) => field.name));
  const more = details.filter(({ field }) => !told.has(field)).map(({ field, type }) => ({ name: field, label: field.replaceAll("_", " "), type })); // prettier-ignore
  return { ...base, fields: [...base.fields, ...more] };
}
