import { z } from "zod";
import { cleanText } from "../values.ts";
import { describeObject } from "../object.ts";
import { registerRecordType } from "../registry.ts";

/*
 * Words we use
 *   tag      a word people put on records of any object, to find them together; its name stands once in a workspace, whatever its case
 *   tagged   one tag on one record; for conditions it is a record that points to the tagged one, so that every question that can be
 *            asked of orders or cases of a customer can be asked of the tags of anything: some, none, at least two, named so
 */
export const tagsAtMost = 10_000;
export const tagsOnRecordAtMost = 100;

export interface Tag {
  id: string;
  name: string;
  tone: string;
  version: number;
}

export const tones = ["gray", "blue", "indigo", "amber", "green", "teal", "violet", "pink", "red"] as const;

/** The name of a tag, as people may give it. */
export const tagName = z
  .string()
  .max(240)
  .transform((v) => cleanText(v).replaceAll(/\s+/g, " "))
  .pipe(z.string().min(1, "Say what it is called.").max(60, "At most 60 letters."));

/** A tag, for pickers and conditions. */
export const tag = registerRecordType({
  object: describeObject({
    name: "tag",
    plural: "tags",
    label: "Tag",
    label_plural: "Tags",
    table: "tags",
    title: "name",
    fields: [{ name: "name", label: "Tag", type: "text", required: true, max: 60, shown: true }],
    related: [],
    search: [],
    page: false,
    default_sort: "name",
    creatable: false,
    custom: false,
  }),
  tell: () => null,
});

// One tag on one record.
registerRecordType({
  object: describeObject({
    name: "tagged",
    plural: "tagged",
    label: "Tag",
    label_plural: "Tags",
    table: "tagged",
    title: "by_name",
    fields: [
      { name: "tag_id", label: "Tag", type: "relation", to: "tag", shown: true },
      { name: "by_name", label: "By", type: "text", computed: true },
    ],
    related: [],
    search: [],
    page: false,
    default_sort: "created_at",
    creatable: false,
    custom: false,
  }),
  tell: () => null,
});
