import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { count } from "../kit/format.ts";
import { Icon } from "../kit/Icon.tsx";
import { imports, type Import } from "./told.ts";

const shown = 20; // rows

/** Rows that were not imported: how many, the first with their reasons, all of them as a file. */
export const Failures = ({ one }: { one: Import }) => {
  const { _ } = useLingui();
  const failed = useQuery({
    queryKey: ["imports", one.id, "failures", one.failed],
    queryFn: ({ signal }) => imports.failures(one.id, signal),
    enabled: one.failed > 0,
  });
  if (one.failed === 0) return null;
  return (
    <section aria-labelledby="failed">
      <div className="line">
        <h2 className="h fill" id="failed">
          {_("{n, plural, one {# row was not imported} other {# rows were not imported}}", { n: one.failed })}
        </h2>
        <Button
          component="a"
          variant="default"
          href={`/api/v1/imports/${one.id}/failures.csv`}
          download
          leftSection={<Icon name="download" size={14} />}
        >
          {_("Download them")}
        </Button>
      </div>
      <p className="quiet">
        {_("The download holds these rows as they were, with their reasons. Mend them there and import that file; the rest is not written twice.")}
      </p>
      <ul className="failed">
        {failed.data?.items.slice(0, shown).map((row) => (
          <li key={row.row}>
            {row.problems.map((problem, i) => (
              <p key={i}>
                <bdi>{problem.message}</bdi>
              </p>
            ))}
            {row.cells && (
              <p className="quiet small clip">
                <bdi>{row.cells.join(" · ")}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
      {one.failed > shown && <p className="quiet number">{_("and {n} more", { n: count(one.failed - shown) })}</p>}
    </section>
  ); // prettier-ignore
};
