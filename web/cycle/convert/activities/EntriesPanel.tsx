import { useRef, useState } from "react";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { Entry } from "#convert/activities";
import { boot, may } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { RichField } from "../../../kit/rich/RichField.tsx";
import { RichView } from "../../../kit/rich/RichView.tsx";
import { done } from "../../../kit/undo.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import { shortDay } from "../../../customers/days.ts";
import { notes, useAgain } from "./told.ts";
import { WriteForm } from "./WriteForm.tsx";
import { outcomeWords } from "./WriteCall.tsx";
import "./activities.css";

type Told = Omit<Entry, "at" | "edited_at"> & { at: string; edited_at: string | null };

const most = 4; // notes and calls
const long = 180; // letters from which a text is worth opening

const useEntryActs = (entry: Told) => {
  const { _ } = useLingui();
  const again = useAgain();
  const remove = async (): Promise<void> => {
    try {
      await notes().remove({ id: entry.id });
      done(_("Note taken away"), () => notes().restore({ id: entry.id }).then(again));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
    await again();
  };
  const edit = async (html: string): Promise<void> => {
    const { version } = await notes().edit({ id: entry.id, version: entry.version, html });
    const before = entry.html ?? "";
    await again();
    if (before) done(_("Note changed"), () => notes().edit({ id: entry.id, version, html: before }).then(again));
    else tell(_("Note changed"));
  };
  return { remove, edit };
};

const EditEntry = ({ entry, onEdit, onDone }: { entry: Told; onEdit: (html: string) => Promise<void>; onDone: () => void }) => {
  const { _ } = useLingui();
  const html = useRef("");
  const [ready, setReady] = useState(false);
  const initial = entry.html ?? escaped(entry.text ?? "");
  const change = (now: string): void => {
    html.current = now;
    setReady(now !== "");
  };
  return (
    <WriteForm verb={_("Keep")} ready={ready} onSubmit={() => onEdit(html.current)} onDone={onDone}>
      <RichField label={_("Note")} placeholder="" initial={initial} onChange={change} autoFocus />
    </WriteForm>
  );
}; // prettier-ignore

// Plain notes of before become paragraphs when they are changed.
const escaped = (text: string): string => {
  const paragraph = document.createElement("p");
  return text
    .split("\n")
    .map((line) => ((paragraph.textContent = line), paragraph.outerHTML))
    .join("");
};

const OneEntry = ({ entry }: { entry: Told }) => {
  const { _ } = useLingui();
  const [open, setOpen] = useState(false);
  const [editing, setEditing] = useState(false);
  const { remove, edit } = useEntryActs(entry);
  const mine = entry.kind === "note" && entry.author_id === boot().me?.id && may("notes.create");
  return (
    <li className="entry" data-open={open || editing}>
      <p className="quiet small line">
        <span className="fill clip">
          {entry.outcome ? `${_(outcomeWords[entry.outcome])} · ` : ""}
          <bdi>{entry.author}</bdi>
          {entry.edited_at && ` · ${_("edited")}`}
        </span>
        <span className="number">{shortDay(entry.at)}</span>
      </p>
      {editing ? (
        <EditEntry entry={entry} onEdit={edit} onDone={() => setEditing(false)} />
      ) : entry.html ? (
        <div className="entry-text"><RichView html={entry.html} /></div>
      ) : (
        entry.text && <p className="entry-text">{entry.text}</p>
      )}
      {!editing && (
        <p className="line small">
          {(entry.text?.length ?? 0) > long && (
            <button type="button" className="plain link" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? _("Less") : _("Read all")}
            </button>
          )}
          {mine && (
            <>
              <button type="button" className="plain link" onClick={() => setEditing(true)}>{_("Edit")}</button>
              <button type="button" className="plain link" onClick={() => void remove()}>{_("Take away")}</button>
            </>
          )}
        </p>
      )}
    </li>
  ); // prettier-ignore
};

/** The latest notes and calls of a customer, in full. */
export const EntriesPanel = ({ contactId, accountId }: PanelProps) => {
  const { _ } = useLingui();
  const asked = useQuery({
    queryKey: ["entries", contactId ?? accountId],
    queryFn: async () =>
      (await notes().entries({ contact_id: contactId, account_id: accountId, limit: most })) as unknown as {
        items: Told[];
      },
    enabled: offers("notes.entries") && may("notes.read"),
  });
  if (!asked.data || asked.data.items.length === 0) return null;
  return (
    <section aria-label={_("Notes and calls")}>
      <h3 className="part-title">{_("Notes and calls")}</h3>
      <ul>
        {asked.data.items.map((entry) => (
          <OneEntry key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
};
