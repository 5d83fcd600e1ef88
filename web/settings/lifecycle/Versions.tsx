import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { Rule } from "#customers";
import { instant } from "../../kit/format.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { lifecycle } from "./api.ts";

const first = 8; // versions shown before "show all"

/** All versions of the rules; an earlier one is put in place as a draft, previewed and applied like any change. */
export const Versions = ({
  version,
  onRestore,
}: {
  version: number;
  onRestore: ((rules: readonly Rule[]) => void) | undefined;
}) => {
  const { _ } = useLingui();
  const [all, setAll] = useState(false);
  const versions = useQuery({ queryKey: ["lifecycle", "versions"], queryFn: () => lifecycle().versions({}) });
  const restore = (n: number): Promise<void> =>
    lifecycle().rules({ version: n }).then(
      ({ rules }) => {
        onRestore?.(rules);
        tell(_("Version {n} stands above as a change: preview it, then apply it", { n }));
      },
      (thrown: unknown) => void tell(sentenceOf(thrown), { tone: "bad" }),
    ); // prettier-ignore
  const items = versions.data?.items ?? [];
  return (
    <section className="settings-part" aria-labelledby="versions">
      <h2 className="h" id="versions">{_("Versions")}</h2>
      {versions.isError && <p className="quiet">{sentenceOf(versions.error)}</p>}
      <ul className="rows">
        {items.slice(0, all ? undefined : first).map((one) => (
          <li key={one.version}>
            <span className="fill">
              <strong>{_("Version {n}", { n: one.version })}</strong>{" "}
              {one.version === version && <span className="chip">{_("decides now")}</span>}{" "}
              <bdi>{one.note}</bdi>
              <span className="quiet small version-by">
                {one.created_by}, {instant(String(one.created_at))} · {_("{n, plural, one {# rule} other {# rules}}", { n: one.rule_count })}
              </span>
            </span>
            {onRestore && one.version !== version && (
              <Button variant="default" aria-label={_("Restore version {n}", { n: one.version })} onClick={() => void restore(one.version)}>{_("Restore")}</Button>
            )}
          </li>
        ))}
      </ul>
      {items.length > first && !all && <button type="button" className="plain link" onClick={() => setAll(true)}>{_("Show all {n}", { n: items.length })}</button>}
    </section>
  ); // prettier-ignore
};
