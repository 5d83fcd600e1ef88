import { say } from "./i18n.ts";

const minute = 60_000;

/** A length as people say it: 40 min, 3 h, 2 d. */
export function lasting(ms: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / minute));
  if (minutes < 100) return say("{n} min", { n: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48 ? say("{n} h", { n: hours }) : say("{n} d", { n: Math.round(hours / 24) });
}

/** An amount of a clock's time, which has no days: 30 min, 80 h. */
export function amount(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? say("{n} min", { n: minutes }) : say("{n} h", { n: Math.round(minutes / 6) / 10 });
}
