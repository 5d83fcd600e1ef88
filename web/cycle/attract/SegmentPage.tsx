import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../../kit/boot.ts";
import { count } from "../../kit/format.ts";
import { useKeys } from "../../kit/keys.ts";
import { tell } from "../../kit/notes.ts";
import { Page } from "../../kit/Page.tsx";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { CustomerPeek } from "../../customers/CustomerPeek.tsx";
import { RecordTable } from "../../records/RecordTable.tsx";
import { Ask } from "../../settings/Ask.tsx";
import { useSegments } from "../../records/condition/SegmentEditor.tsx";
import { sentence } from "../../records/filter/words.ts";
import { SegmentForm } from "./SegmentForm.tsx";
import { WhyIn } from "./WhyIn.tsx";
import { segments, useSegmentsLive, type Told } from "./told.ts";
import "./attract.css";

const days = 30;

/** Moves of each of the last days, the oldest first; days on which nobody moved are zero. */
function everyDay(items: readonly { day: string; came: number; went: number }[]): number[] {
  const moves = new Map(items.map((one) => [one.day, one.came + one.went]));
  const today = Date.parse(new Date().toISOString().slice(0, 10));
  return Array.from(
    { length: days },
    (_x, i) => moves.get(new Date(today - (days - 1 - i) * 86_400_000).toISOString().slice(0, 10)) ?? 0,
  );
}

const Trend = ({ id }: { id: string }) => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["segments", "trend", id], queryFn: () => segments().trend({ id, days }) });
  const items = asked.data?.items ?? [];
  const came = items.reduce((sum, day) => sum + day.came, 0);
  const went = items.reduce((sum, day) => sum + day.went, 0);
  const most = Math.max(1, ...items.map((day) => day.came + day.went));
  if (!asked.data) return null;
  const said = _("In {days} days {came} came and {went} went", { days, came: count(came), went: count(went) });
  return (
    <p className="line small quiet">
      {said}
      <span className="segment-trend" aria-hidden>
        {everyDay(items).map((size, i) => <span key={i} style={{ blockSize: `${(size / most) * 100}%` }} />)}
      </span>
    </p>
  ); // prettier-ignore
};

const useTrash = (segment: Told | undefined) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const again = () => cache.invalidateQueries({ queryKey: ["segments"] });
  return async (): Promise<void> => {
    if (!segment) return;
    const { id, name } = segment;
    try {
      await segments().trash({ id });
      done(_("{name} moved to the trash", { name }), () => segments().restore({ id }).then(again));
      void again();
      void navigate({ to: "/segments" });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
};

const useTakeOut = (segment: Told) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = () => Promise.all(["segments", "contacts"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
  const atOnce = 200; // contacts of one request
  const parts = (ids: readonly string[]) => Array.from({ length: Math.ceil(ids.length / atOnce) }, (_x, i) => ids.slice(i * atOnce, (i + 1) * atOnce));
  return async (ids: readonly string[], clear: () => void): Promise<void> => {
    try {
      for (const part of parts(ids)) await segments().remove({ id: segment.id, contact_ids: part.join(",") });
      clear();
      await again();
      done(_("{n, plural, one {# contact} other {# contacts}} taken out of {name}", { n: ids.length, name: segment.name }), async () => {
        for (const part of parts(ids)) await segments().add({ id: segment.id, contact_ids: [...part] });
        await again();
      });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
}; // prettier-ignore

const Members = ({ segment }: { segment: Told }) => {
  const { _ } = useLingui();
  const contact = objectOf("contact");
  const takeOut = useTakeOut(segment);
  if (!contact) return null;
  const byHand = segment.kind === "static" && !segment.kept_by && may("segments.update") && !segment.deleted_at;
  return (
    <RecordTable
      embedded
      object={contact}
      within={{ segment: segment.id, is: true }}
      peek={(record) => <><WhyIn segment={segment.id} contact={record.id} /><CustomerPeek subject="contact" record={record} /></>}
      {...(byHand ? { bulk: (ids: readonly string[], clear: () => void) => <Button variant="default" onClick={() => void takeOut(ids, clear)}>{_("Take out of the segment")}</Button> } : {})}
      empty={segment.kept_by
        ? { words: _("An improvement keeps this segment; nobody has come into it yet.") }
        : segment.kind === "static"
        ? { words: _("Nobody was chosen yet. Select contacts in their table and add them here."), action: <Link className="link" to="/contacts">{_("Contacts")}</Link> }
        : { words: segment.job_id ? _("It is being computed.") : _("Nobody meets the condition now.") }}
    />
  ); // prettier-ignore
};

/** One segment: who belongs to it and why, who came and went. */
export const SegmentPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = objectOf("segments");
  const contact = objectOf("contact");
  const [editing, setEditing] = useState(false);
  const asked = useQuery({ queryKey: ["segments", id], queryFn: async (): Promise<Told> => (await segments().get({ id })) as unknown as Told });
  useSegmentsLive();
  useSegments();
  const segment = asked.data;
  const trash = useTrash(segment);
  const mayEdit = may("segments.update") && segment !== undefined && !segment.deleted_at;
  useKeys(mayEdit ? [{ keys: "e", label: _("Edit"), group: _("This segment"), run: () => setEditing(true) }] : []);
  if (!object || !contact) return null;
  const note = <><Link to="/segments" className="link">{_(object.label_plural)}</Link>{segment && <span className="number"> · {_("{n, plural, one {# member} other {# members}}", { n: segment.member_count })}</span>}</>;
  return (
    <Page title={segment?.name ?? _(object.label)} note={note} actions={segment && <>
      {may("segments.delete") && !segment.deleted_at && <Button variant="default" onClick={() => void trash()}>{_("Move to the trash")}</Button>}
      {mayEdit && <Button onClick={() => setEditing(true)}>{_("Edit")}</Button>}
    </>}>
      <Ask asked={asked}>
        {(found) => (
          <div className="segment">
            <div className="segment-head stack">
              {found.description && <p>{found.description}</p>}
              <p className="quiet">{found.condition ? sentence(contact, found.condition) : _("Contacts chosen by hand")}</p>
              {found.deleted_at && <p className="note" data-tone="amber">{_("This segment is in the trash.")}</p>}
              {!found.active && <p className="note" data-tone="amber">{_("It is not kept up to date.")}</p>}
              {found.job_id && <p className="quiet" role="status">{_("It is being computed.")}</p>}
              <Trend id={id} />
            </div>
            <Members segment={found} />
            {editing && <SegmentForm segment={found} onClose={() => setEditing(false)} />}
          </div>
        )}
      </Ask>
    </Page>
  );
}; // prettier-ignore
