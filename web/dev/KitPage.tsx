import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { objectOf } from "../kit/boot.ts";
import { Page } from "../kit/Page.tsx";
import { RecordForm } from "../kit/form/RecordForm.tsx";
import { Ring } from "../kit/ring/Ring.tsx";
import { Timeline } from "../kit/timeline/Timeline.tsx";
import { tell } from "../kit/notes.ts";
import { done } from "../kit/undo.ts";
import { happened, kinds, lenses, now } from "./sample-cycle.ts";

/** The kit on one page: what visual tests and eyes look at. */
export const KitPage = () => {
  const { _ } = useLingui();
  const [lens, setLens] = useState(0);
  const [form, setForm] = useState(false);
  const [kind, setKind] = useState<string>();
  const object = objectOf("contact");
  const shown = lenses[lens] ?? lenses[0];
  const actions = (
    <>
      <Button variant="default" onClick={() => tell(_("Saved"))}>
        {_("Tell")}
      </Button>
      <Button variant="default" onClick={() => done(_("Ana Ruiz changed"), () => undefined)}>
        {_("Do")}
      </Button>
      <Button onClick={() => setForm(true)}>{_("New contact")}</Button>
    </>
  );
  return (
    <Page title={_("Kit")} note={<Link to="/dev/kit/table">{_("Table")}</Link>} actions={actions} padded>
      <div
        className="stack"
        style={{ "--gap": "32px", maxInlineSize: 960, marginInline: "auto" } as React.CSSProperties}
      >
        <section>
          <div className="line" style={{ flexWrap: "wrap" }}>
            <h2 className="h fill">{_("Ring")}</h2>
            {lenses.map((one, i) => (
              <Button key={one.name} variant={i === lens ? "filled" : "default"} onClick={() => setLens(i)}>
                {one.steps.length}
              </Button>
            ))}
          </div>
          {shown && (
            <Ring
              steps={shown.steps}
              links={shown.links}
              centre={shown.centre}
              height={560}
              onStep={(key) => tell(key)}
              onLink={(link) => tell(`${link.from} → ${link.to}`)}
            />
          )}
        </section>
        <section>
          <h2 className="h">{_("Timeline")}</h2>
          <Timeline
            items={happened.filter((item) => !kind || item.name.startsWith(kind))}
            kinds={kinds}
            kind={kind}
            onKind={setKind}
            now={now}
            empty={<p>{_("Nothing has happened yet.")}</p>}
          />
        </section>
      </div>
      {form && object && <RecordForm object={object} onClose={() => setForm(false)} />}
    </Page>
  );
};
