import type { ThemesApi, ThemeLine, ThemeSeen, ThemeTold } from "#learn/insight";
import { client } from "../../../kit/client.ts";
import { useLive } from "../../../kit/live.ts";
import { useQueryClient } from "@tanstack/react-query";
import type { Wire } from "../wire.ts";

export type Theme = Wire<ThemeTold>;
export type Line = Wire<ThemeLine>;
export type Seen = Wire<ThemeSeen>;

/** The endpoints of themes. */
export const themes = () => client<ThemesApi>("themes");

/** Asks again when a theme's mentions were found anew. */
export function useThemesLive(): void {
  const cache = useQueryClient();
  useLive("job", ({ kind }) => {
    if (kind.startsWith("themes.")) void cache.invalidateQueries({ queryKey: ["themes"] });
  });
}
