import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Favourite, FavouritesApi } from "#records";
import { client, offers } from "../kit/client.ts";
import type { Here } from "../kit/here.ts";
import { tell } from "../kit/notes.ts";
import { sentenceOf } from "../kit/problem.ts";

export type { Favourite };
const favourites = () => client<FavouritesApi>("favourites");

/** The records the person starred, the latest first. */
export const useFavourites = (): readonly Favourite[] => {
  const { data } = useQuery({
    queryKey: ["favourites"],
    queryFn: () => favourites().list({}),
    enabled: offers("favourites.list"),
    staleTime: 60_000,
  });
  return data?.items ?? [];
};

/** The records the person opened lately, the latest first. */
export const useRecent = (): readonly Favourite[] => {
  const { data } = useQuery({
    queryKey: ["recent"],
    queryFn: () => favourites().recent({}),
    enabled: offers("favourites.recent"),
    gcTime: 0,
  });
  return data?.items ?? [];
};

/** Stars the record or takes the star off, at once on screen. */
export const useStar = ({ object, record_id }: Pick<Here, "object" | "record_id">) => {
  const cache = useQueryClient();
  const starred = useFavourites().some((one) => one.record_id === record_id);
  const turning = useMutation({
    mutationFn: () => favourites().star({ object, record_id, starred: !starred }),
    onSuccess: (now) => cache.setQueryData(["favourites"], now),
    onError: (thrown) => tell(sentenceOf(thrown), { tone: "bad" }),
  });
  return { starred, turn: () => turning.mutate() };
};
