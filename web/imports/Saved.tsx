import { useState } from "react";
import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { Icon } from "../kit/Icon.tsx";
import { tell } from "../kit/notes.ts";
import { sentenceOf } from "../kit/problem.ts";
import { imports, type How, type Import, type Look } from "./told.ts";

/** Mappings that somebody gave a name: take one, save this one, forget one. */
export const Saved = ({ one, look, how, onHow }: { one: Import; look: Look; how: How; onHow: (how: How) => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const same = (each: Look["saved"][number]): boolean => JSON.stringify(each.mapping) === JSON.stringify(how.mapping);
  const taken = look.saved.find(same);
  const [name, setName] = useState(taken?.name ?? "");
  const [busy, setBusy] = useState(false);
  const again = () => cache.invalidateQueries({ queryKey: ["imports", one.id, "look"] });
  const run = async (work: () => Promise<unknown>, words: string): Promise<void> => {
    setBusy(true);
    try {
      await work();
      tell(words);
      await again();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    } finally {
      setBusy(false);
    }
  };
  const take = (id: string): void => {
    const chosen = look.saved.find((each) => each.id === id);
    if (!chosen) return;
    setName(chosen.name);
    // What it says of columns this file has not is of no use here.
    const mapping = Object.fromEntries(Object.entries(chosen.mapping).filter(([column]) => how.format.columns.includes(column)));
    onHow({ ...how, mapping, options: { ...how.options, ...chosen.options } });
  };
  const save = (): Promise<void> =>
    run(() => imports.saveMapping({ object: one.object, name, columns: how.format.columns, mapping: how.mapping, options: how.options }), _("Saved. The next file with these columns is read the same way."));
  return (
    <section className="stack" aria-labelledby="saved">
      <h2 className="h" id="saved">{_("Saved mappings")}</h2>
      {look.saved.length > 0 && (
        <div className="line">
          <NativeSelect
            className="fill"
            aria-label={_("Saved mapping")}
            value={taken?.id ?? ""}
            data={[{ value: "", label: taken ? taken.name : _("Take a saved one") }, ...look.saved.map((each) => ({ value: each.id, label: each.fits ? _("{name} (fits this file)", { name: each.name }) : each.name }))]}
            onChange={(event) => take(event.currentTarget.value)}
          />
          {taken && (
            <ActionIcon aria-label={_("Forget {name}", { name: taken.name })} disabled={busy} onClick={() => void run(() => imports.forgetMapping(taken.id), _("{name} is forgotten", { name: taken.name }))}>
              <Icon name="x" size={14} />
            </ActionIcon>
          )}
        </div>
      )}
      <form className="line" onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <TextInput className="fill" aria-label={_("Name of this mapping")} placeholder={_("Name this mapping")} maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <Button type="submit" variant="default" loading={busy} disabled={name.trim() === ""}>{_("Save")}</Button>
      </form>
    </section>
  );
}; // prettier-ignore
