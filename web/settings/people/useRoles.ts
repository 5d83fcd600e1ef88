import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { useBoot } from "../../kit/boot.ts";
import { offers } from "../../kit/client.ts";
import { ownRoles, rolesKey } from "../access/access.ts";
import { isBuiltIn, mayGive, roleWords } from "./roles.ts";

export interface Roles {
  /** What a role is called: a built-in one by its word, one made here by its id. */
  nameOf: (role: string) => string;
  /** The roles one may give, as choices: the built-in ones not above one's own, then those made here. */
  choices: { value: string; label: string }[];
}

/** The roles of this company in words, with those that one may give. */
export function useRoles(): Roles {
  const { _ } = useLingui();
  const { me } = useBoot();
  const asked = useQuery({ queryKey: rolesKey, queryFn: () => ownRoles().list({}), enabled: offers("roles.list") });
  const own = asked.data?.items ?? [];
  const given = mayGive(me?.role ?? "");
  return {
    nameOf: (role) =>
      isBuiltIn(role)
        ? _(roleWords[role].label)
        : (own.find((one) => one.id === role)?.name ?? _("A role of your own")),
    choices: [
      ...given.map((role) => ({ value: role as string, label: _(roleWords[role].label) })),
      ...own.filter((role) => given.includes(role.base)).map((role) => ({ value: role.id, label: role.name })),
    ],
  };
}
