import { onTestFinished } from "vitest";

/**
 * Lets time pass for everything in this process, so for the whole server and its worker: the clock they read is ahead by what
 * passed. Timeouts stay as they are, and so does PostgreSQL's own clock.
 */
export function passing(): (days: number) => void {
  const RealDate = globalThis.Date;
  let passed = 0;
  const now = (): number => RealDate.now() + passed;
  globalThis.Date = new Proxy(RealDate, {
    construct: (date, given: unknown[], as) => Reflect.construct(date, given.length > 0 ? given : [now()], as) as Date,
    apply: () => new RealDate(now()).toString(),
    get: (date, key) => (key === "now" ? now : (Reflect.get(date, key) as unknown)),
  });
  onTestFinished(() => void (globalThis.Date = RealDate));
  return (days) => void (passed += days * 86_400_000);
}
