/** bench [generate] ...: the figures of bench/, one JSON line each. */
export async function bench(): Promise<void> {
  await import("../../../bench/run.ts");
}
