import { useSyncExternalStore } from "react";
import type { Route } from "#kernel/endpoint";
import type { Field, ObjectDescription, Tone } from "#records";

/*
 * Words we use
 *   boot   what the browser must know before it can draw anything: who is here, what the company is called, what may be asked
 */
export interface Me {
  id: string;
  name: string;
  email: string;
  role: string;
}
export interface Workspace {
  id: string;
  name: string;
  currency: string;
  time_zone: string;
  locale: string;
  lens: string;
}
export interface Stage {
  value: string;
  label: string;
  tone: Tone;
}
export interface Lens {
  key: string;
  name: string;
  steps: readonly { key: string; name: string; stages: readonly string[] }[];
}
export interface DescribedObject extends ObjectDescription {
  commonFields?: readonly Field[];
}
export interface Boot {
  state: "first-run" | "signed-out" | "signed-in";
  version: string;
  routes: Readonly<Record<string, Route>>;
  me?: Me;
  workspace?: Workspace;
  objects?: readonly DescribedObject[];
  permissions?: readonly string[];
  stages?: readonly Stage[];
  lenses?: readonly Lens[];
}

let known: Boot = { state: "signed-out", version: "", routes: {} };
const listeners = new Set<() => void>();

/** What was told at start; the signed-out state before that. */
export const boot = (): Boot => known;

/** Takes over what the server told and redraws whoever reads it. */
export function bootWith(told: Boot): void {
  known = told;
  for (const listener of listeners) listener();
}

/** Asks the server who is here; throws an Error when it does not answer with a boot. */
export async function loadBoot(): Promise<Boot> {
  const response = await fetch("/api/v1/boot", {
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  bootWith((await response.json()) as Boot);
  return known;
}

/** The boot, redrawing when it changes (after sign-in, after settings). */
export const useBoot = (): Boot =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, boot);

const nobody: Workspace = {
  id: "",
  name: "Rondo",
  currency: "EUR",
  time_zone: "UTC",
  locale: "en",
  lens: "",
};

/** The workspace; a neutral one before sign-in. */
export const workspace = (): Workspace => known.workspace ?? nobody;

/** Whether the signed-in person may do something, by permission name. */
export const may = (permission: string): boolean => known.permissions?.includes(permission) ?? false;

/** The description of an object by its name ("contact") or plural ("contacts"); undefined when this server has none. */
export const objectOf = (name: string): DescribedObject | undefined =>
  known.objects?.find((o) => o.name === name || o.plural === name);
