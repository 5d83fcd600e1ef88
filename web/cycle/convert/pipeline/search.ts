import type { BoardSearch } from "./BoardPage.tsx";

const isId = (value: unknown): value is string => typeof value === "string" && /^[0-9a-f-]{36}$/i.test(value);

/** Which pipeline and whose deals, from the address. */
export const boardSearch = ({ pipeline, owner }: Record<string, unknown>): BoardSearch => ({
  ...(isId(pipeline) ? { pipeline } : {}),
  ...(isId(owner) ? { owner } : {}),
});
