import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../kit/boot.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { customObjects, ObjectDialog, objectsKey, useAgain, type OwnTold } from "./ObjectDialog.tsx";

/** Objects of one's own: made, renamed, retired and brought back. */
export const Objects = ({ onMade }: { onMade: (name: string) => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [open, setOpen] = useState<{ object?: OwnTold }>();
  const { data } = useQuery({ queryKey: objectsKey, queryFn: () => customObjects().list({}) });
  const manages = may("fields.manage");
  const all = (data?.items ?? []) as OwnTold[];
  const retire = async ({ id, label_plural: name, retired_at }: OwnTold): Promise<void> => {
    const [act, back] = retired_at ? [customObjects().restore, customObjects().retire] : [customObjects().retire, customObjects().restore];
    try {
      await act({ id });
      await again();
      done(retired_at ? _("{name} is back with its records", { name }) : _("{name} retired; its records are kept", { name }), () => back({ id }).then(again));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  if (!manages && all.length === 0) return null;
  return (
    <section className="own-objects">
      <h2 className="h">{_("Objects of your own")}</h2>
      <p className="quiet small">{_("What your business keeps beside customers and orders: vehicles, contracts, courses. Each has a table, pages, a trash and an API.")}</p>
      {all.length > 0 && (
        <ul className="rows">
          {all.map((object) => (
            <li key={object.id}>
              <span className="fill">
                <strong><bdi>{object.label_plural}</bdi></strong> {object.retired_at && <span className="chip">{_("Retired")}</span>}
                <span className="quiet small field-about">{`/api/v1/custom/${object.key}`}</span>
              </span>
              {manages && (
                <span className="line">
                  {!object.retired_at && <Button variant="default" aria-label={_("Rename {name}", { name: object.label_plural })} onClick={() => setOpen({ object })}>{_("Rename")}</Button>}
                  <Button variant="default" aria-label={object.retired_at ? _("Restore {name}", { name: object.label_plural }) : _("Retire {name}", { name: object.label_plural })} onClick={() => void retire(object)}>{object.retired_at ? _("Restore") : _("Retire")}</Button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {manages && <Button mt={8} variant="default" onClick={() => setOpen({})}>{_("New object")}</Button>}
      {open && <ObjectDialog object={open.object} onMade={onMade} onClose={() => setOpen(undefined)} />}
    </section>
  );
}; // prettier-ignore
