import type { Field } from "#records";

/** The fields that the server adds to every record; the browser takes only types from src, so the sample says them again. */
export const commonFields: readonly Field[] = [
  { name: "created_at", label: "Created", type: "datetime", computed: true, sortable: true },
  { name: "updated_at", label: "Changed", type: "datetime", computed: true, sortable: true },
];
