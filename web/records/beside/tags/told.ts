import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Tag, TagsApi } from "#records";
import { client, offers } from "../../../kit/client.ts";
import type { Here } from "../../../kit/here.ts";

export type { Tag };

/** The endpoints of tags. */
export const tags = () => client<TagsApi>("tags");

/** The tags of the record. */
export const useTags = ({ object, record_id }: Here) =>
  useQuery({
    queryKey: ["record-tags", record_id],
    queryFn: () => tags().of({ object, record_id }),
    enabled: offers("tags.of"),
  });

/** Tags whose name has these letters. */
export const useTagsNamed = (q: string, limit = 8) =>
  useQuery({
    queryKey: ["tags", "find", q, limit],
    queryFn: () => tags().find({ q, limit }),
    placeholderData: (known) => known,
  });

/** Asks again for what a tag changes on screen. */
export const useTagsAgain = () => {
  const cache = useQueryClient();
  return () => Promise.all([["record-tags"], ["tags"], ["beside"]].map((queryKey) => cache.invalidateQueries({ queryKey }))); // prettier-ignore
};

/** The view of all records of an object that have the tag. */
export const withTag = (id: string) => ({
  related: "tags",
  has: "some",
  where: { field: "tag_id", op: "is", value: id },
});
