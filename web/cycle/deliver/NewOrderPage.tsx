import { useEffect, useState, type FormEvent } from "react";
import { Button, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may, objectOf, workspace } from "../../kit/boot.ts";
import { offers } from "../../kit/client.ts";
import { FieldInput } from "../../kit/form/FieldInput.tsx";
import { keepDraft, readDraft, titlesBut } from "../../kit/form/draft.ts";
import { Nesting } from "../../kit/form/Nesting.tsx";
import { OwnFields, ownNames } from "../../kit/form/OwnFields.tsx";
import { Page } from "../../kit/Page.tsx";
import { isProblem, sentenceOf, type FieldError } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { asSent, recordsOf, titleOf } from "../../records/record.ts";
import { useAgain } from "./again.ts";
import { freshLine, linesOf, newOrderSearch, refusalsOf, type LineDraft, type LineRefusal } from "./draft.ts";
import { LinesEditor } from "./LinesEditor.tsx";
import { orders } from "./told.ts";
import "./deliver.css";

interface Draft {
  values: Record<string, unknown>;
  titles: Record<string, string>;
  lines: readonly LineDraft[];
}
const place = "order.new";
const shown = ["contact_id", "account_id", "placed_at", "promised_at", "number", "currency", "rate", "country"];

const firstDraft = (given: Record<string, unknown>): Draft => {
  const kept = readDraft(place) as Partial<Draft> | undefined;
  // Keys of lines are counted anew in this page.
  const lines = Array.isArray(kept?.lines) ? kept.lines.map((line) => ({ ...line, key: freshLine().key })) : [];
  return { values: { ...kept?.values, ...given }, titles: titlesBut(given, kept?.titles ?? {}), lines: lines.length > 0 ? lines : [freshLine()] };
}; // prettier-ignore

const useGivenTitle = (plural: "contacts" | "accounts", id: string | undefined): string | undefined => {
  const object = objectOf(plural);
  const { data } = useQuery({ queryKey: [plural, "one", id], queryFn: () => recordsOf(plural).get(id ?? ""), enabled: id !== undefined && object !== undefined }); // prettier-ignore
  return object && data ? titleOf(object, data) : undefined;
};

const usePlacing = (draft: Draft, because: string | undefined) => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const again = useAgain();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [refused, setRefused] = useState<readonly LineRefusal[]>([]);
  const [failed, setFailed] = useState("");
  const place_ = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const told = linesOf(draft.lines, _("This is not a number."));
    setErrors([]);
    setFailed(told.lines.length === 0 ? _("Name at least one thing that was bought.") : "");
    setRefused(told.refused);
    if (told.lines.length === 0 || told.refused.length > 0) return;
    setBusy(true);
    try {
      const values = Object.fromEntries(Object.entries(draft.values).filter(([name, value]) => name.startsWith("custom.") || (value !== null && value !== "" && value !== undefined))); // prettier-ignore
      const { code, ...own } = values;
      const rest = { ...asSent(own), ...(because ? { caused_by: because } : {}) };
      const order = await (typeof code === "string" && code.trim() ? orders.placeWithCode({ ...rest, code, lines: told.lines }) : orders.place({ ...rest, lines: told.lines })); // prettier-ignore
      keepDraft(place, undefined);
      await again();
      done(_("Order {number} placed", { number: order.number }), () => orders.cancel(order.id, _("Placed by mistake")).then(again)); // prettier-ignore
      await navigate({ to: "/orders/$id", params: { id: order.id } });
    } catch (thrown) {
      const all = isProblem(thrown) ? thrown.errors : [];
      const atLines = refusalsOf(all, told.keys);
      setErrors(all);
      setRefused(atLines);
      setFailed(
        atLines.length > 0 ||
          all.some((error) => [...shown, "code", ...ownNames(objectOf("orders"))].includes(error.field))
          ? ""
          : sentenceOf(thrown),
      );
      setBusy(false);
    }
  };
  return { place: place_, busy, errors, refused, failed };
};

/** A new order: for whom, what, how many, at which price; the sum runs along, and a draft survives a reload. */
export const NewOrderPage = () => {
  const { _ } = useLingui();
  const { contact, account, because } = newOrderSearch(useSearch({ strict: false }) as Record<string, unknown>);
  const [draft, setDraft] = useState(() => firstDraft({ ...(contact ? { contact_id: contact } : {}), ...(account ? { account_id: account } : {}) })); // prettier-ignore
  const { place: submit, busy, errors, refused, failed } = usePlacing(draft, because);
  const object = objectOf("orders");
  const given = { contact_id: useGivenTitle("contacts", contact), account_id: useGivenTitle("accounts", account) };
  useEffect(() => keepDraft(place, { ...draft }), [draft]);
  if (!object || !may("orders.create")) return <Page title={_("New order")} padded><p className="empty">{_("Your role does not place orders.")}</p></Page>; // prettier-ignore
  const currency = typeof draft.values["currency"] === "string" ? draft.values["currency"] : workspace().currency;
  const fields = shown.flatMap((name) => object.fields.filter((field) => field.name === name && (name !== "rate" || currency !== workspace().currency))); // prettier-ignore
  const set = (name: string, value: unknown, title?: string): void =>
    setDraft((before) => ({ ...before, values: { ...before.values, [name]: value }, titles: title ? { ...before.titles, [name]: title } : before.titles })); // prettier-ignore
  const titleFor = (name: string): string | undefined => draft.titles[name] ?? (name === "contact_id" || name === "account_id" ? given[name] : undefined); // prettier-ignore
  return (
    <Page title={_("New order")} padded>
      <Nesting><form className="new-order" onSubmit={(event) => void submit(event)} noValidate>
        <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
        <div className="new-order-head">
          {fields.map((field, i) => (
            <FieldInput
              key={field.name}
              field={field}
              autoFocus={i === 0}
              value={draft.values[field.name] ?? (field.name === "currency" ? currency : null)}
              title={titleFor(field.name)}
              error={errors.find((error) => error.field === field.name)?.message}
              onChange={(value, title) => set(field.name, value, title)}
            />
          ))}
          <OwnFields object={object} values={draft.values} errors={Object.fromEntries(errors.map((error) => [error.field, error.message]))} onChange={set} />
        </div>
        <section aria-labelledby="lines">
          <h2 className="h" id="lines">{_("What was bought")}</h2>
          <LinesEditor lines={draft.lines} currency={currency} refused={refused} onLines={(lines) => setDraft((before) => ({ ...before, lines }))} />
        </section>
        {offers("promotions.place") && <TextInput label={_("Promotion code")} description={_("A refused code says why, and nothing is placed.")} maxLength={60} value={typeof draft.values["code"] === "string" ? draft.values["code"] : ""} error={errors.find((error) => error.field === "code")?.message} onChange={(event) => set("code", event.currentTarget.value)} />}
        <div className="line">
          <Button type="submit" loading={busy}>{_("Place the order")}</Button>
          <Button component={Link} to="/orders" variant="default" onClick={() => keepDraft(place, undefined)}>{_("Discard")}</Button>
        </div>
      </form></Nesting>
    </Page>
  ); // prettier-ignore
};
