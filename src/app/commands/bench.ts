/** bench [generate] ...: the figures of bench/, one JSON line each. */
export async function bench(args: string[] = process.argv.slice(process.argv.indexOf("bench") + 1)): Promise<void> {
  const { run } = await import("../../../bench/run.ts");
  await run(args);
}
