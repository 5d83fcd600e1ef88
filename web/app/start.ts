import { bootWith, loadBoot } from "../kit/boot.ts";
import { rememberNav } from "../shell/nav-state.ts";

/** Learns who is here before the first screen; the kit page brings its own sample company instead. */
export async function start(): Promise<void> {
  rememberNav();
  if (!location.pathname.startsWith("/dev/kit")) return void (await loadBoot());
  const [{ sampleBoot }, { serveSample }] = await Promise.all([
    import("../dev/sample.ts"),
    import("../dev/sample-server.ts"),
  ]);
  serveSample();
  bootWith(sampleBoot());
}
