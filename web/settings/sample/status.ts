import { count } from "../../kit/format.ts";

const isTold = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Whether the sample is here, and its figures in words. */
export function statusOf(told: unknown): { loaded: boolean; words: string } {
  if (!isTold(told)) return { loaded: false, words: "" };
  const figures = Object.entries(told).filter((entry): entry is [string, number] => typeof entry[1] === "number");
  const loaded = typeof told["loaded"] === "boolean" ? told["loaded"] : figures.some(([, n]) => n > 0);
  return { loaded, words: figures.map(([name, n]) => `${count(n)} ${name.replaceAll("_", " ")}`).join(", ") };
}
