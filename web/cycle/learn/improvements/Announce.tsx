import { useState, type FormEvent } from "react";
import { Button, Textarea, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, workspace } from "../../../kit/boot.ts";
import { count } from "../../../kit/format.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { shortDay } from "../../../customers/days.ts";
import { wired } from "../wire.ts";
import { improvements, type Improvement } from "./told.ts";

const Letter = ({ it, listeners, onSent }: { it: Improvement; listeners: number; onSent: () => void }) => {
  const { _ } = useLingui();
  const [subject, setSubject] = useState(_("You told us, and we changed it"));
  const [text, setText] = useState(_("Dear {name},\n\nyou told us what was not as it should be. Since then we changed something: {title}.\n\nThank you for saying so.\n\n{company}", { name: "{name}", title: it.name, company: workspace().name }));
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setFailed("");
    try {
      const { told } = await improvements().announce({ id: it.id, subject, text });
      tell(_("{n, plural, one {# mail is} other {# mails are}} on the way", { n: told }));
      onSent();
    } catch (thrown) {
      setFailed(sentenceOf(thrown));
    }
    setBusy(false);
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      <TextInput label={_("Subject")} value={subject} maxLength={200} onChange={(event) => setSubject(event.currentTarget.value)} />
      <Textarea label={_("What we tell them")} description={_("{name} stands for who reads it.", { name: "{name}" })} autosize minRows={5} value={text} maxLength={5000} onChange={(event) => setText(event.currentTarget.value)} />
      <div className="line"><Button type="submit" loading={busy} disabled={listeners === 0}>{_("Tell {n, plural, one {# customer} other {# customers}}", { n: listeners })}</Button></div>
    </form>
  );
}; // prettier-ignore

/** "You told us": who would hear of it, who is held back and why, who was told, and how they scored us before and after. */
export const Announce = ({ it }: { it: Improvement }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [writing, setWriting] = useState(false);
  const asked = useQuery({ queryKey: ["improvements", "listeners", it.id], queryFn: () => wired(improvements().listeners({ id: it.id })) });
  if (!asked.data || asked.data.items.length === 0) return null;
  const { items, scores } = asked.data;
  const open = items.filter((one) => !one.told_at);
  const ready = open.filter((one) => one.held === null).length;
  const sent = (): void => {
    setWriting(false);
    void cache.invalidateQueries({ queryKey: ["improvements"] });
  };
  return (
    <section aria-label={_("You told us")}>
      <h2 className="part-title line">
        <span className="fill">{_("You told us")}</span>
        {may("improvements.announce") && it.state !== "draft" && ready > 0 && !writing && <Button size="compact-sm" variant="default" onClick={() => setWriting(true)}>{_("Tell those who raised it")}</Button>}
      </h2>
      <p className="quiet">
        {_("{n, plural, one {# customer} other {# customers}} raised it: {told} were told, {ready} can be told now, {held} are held back.", { n: items.length, told: count(items.length - open.length), ready: count(ready), held: count(open.length - ready) })}
      </p>
      {scores.both > 0 && scores.before !== null && scores.after !== null && (
        <p>{_("Their score: {before} before, {after} since, of the {n} who answered both times.", { before: count(Math.round(scores.before * 10) / 10), after: count(Math.round(scores.after * 10) / 10), n: count(scores.both) })} <span className="quiet">{_("Observational: they might have come round anyway.")}</span></p>
      )}
      {writing && <Letter it={it} listeners={ready} onSent={sent} />}
      <ul className="said">
        {items.slice(0, 50).map((one) => (
          <li key={one.id} className="line">
            <span className="fill"><Link className="link" to="/contacts/$id" params={{ id: one.id }}><bdi>{one.name}</bdi></Link> {one.said && <q>{one.said}</q>}</span>
            <span className="quiet small">{one.told_at ? _("told {when}", { when: shortDay(one.told_at) }) : (one.held ? _(one.held) : _("can be told"))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}; // prettier-ignore
