import type { LoyaltyApi } from "#grow/loyalty";
import { date, dayOf } from "../../../kit/format.ts";
import { client } from "../../../kit/client.ts";
import { shortDay } from "../../../customers/days.ts";

export const loyalty = () => client<LoyaltyApi>("loyalty");

/** Times come as texts. */
export const dayIn = (at: Date | string): string => shortDay(String(at));

/** Points end at midnight: the day that one names is the day before. */
export const lastDay = (at: Date | string): string => date(dayOf(new Date(new Date(at).getTime() - 1)));

/** "+20", "-20", or nothing where nothing moved. */
export const signed = (n: number): string => (n === 0 ? "" : n > 0 ? `+${n}` : `−${-n}`);
