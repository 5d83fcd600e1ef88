import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

let opened: Promise<Browser> | undefined;

/** The Chromium of this process, opened when a story first asks for one; each story closes its own windows, the last breath the rest. */
export async function sharedChromium(): Promise<Browser> {
  const open = (): Promise<Browser> => (opened = openChromium());
  const browser = await (opened ?? open());
  return browser.isConnected() ? browser : open();
}

/** A headless Chromium: the one named by CHROMIUM, the machine's, or the one that comes with npm, with the libraries it needs. */
async function openChromium(): Promise<Browser> {
  const args = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  const own = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (existsSync(own)) return chromium.launch({ executablePath: own, args });
  // Said to run in a bare container, the package unpacks NSS and friends beside its Chromium and puts them on the library path.
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
  const { default: packed } = await import("@sparticuz/chromium");
  // Its own arguments are for a function in the cloud: one process for everything, which dies with the first page that closes, and
  // no web security, without which a test of the page's policy proves nothing.
  return chromium.launch({ executablePath: await packed.executablePath(), args: [...args, "--no-zygote"] });
}
