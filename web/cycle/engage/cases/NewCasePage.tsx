import { useEffect, useState, type FormEvent } from "react";
import { Button, Checkbox } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may, objectOf, type DescribedObject } from "../../../kit/boot.ts";
import { Nesting } from "../../../kit/form/Nesting.tsx";
import { FieldInput } from "../../../kit/form/FieldInput.tsx";
import { OwnFields, ownNames } from "../../../kit/form/OwnFields.tsx";
import { draftIn, keepDraft, titlesBut } from "../../../kit/form/draft.ts";
import { Page } from "../../../kit/Page.tsx";
import { isProblem, sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { ReasonPicker } from "../../../records/ReasonPicker.tsx";
import { asSent, recordsOf, titleOf } from "../../../records/record.ts";
import { givenBy, newCaseSearch, type NewCaseSearch } from "./new-case.ts";
import { cases, useAgain } from "./told.ts";
import "./cases.css";

const place = "case.new";
const shown = ["subject", "description", "contact_id", "account_id", "type", "priority", "product_id", "order_id", "owner_id"]; // prettier-ignore
type Values = Record<string, unknown>;

const useTitle = (plural: string, id: string | undefined): string | undefined => {
  const object = objectOf(plural);
  const { data } = useQuery({ queryKey: [plural, "one", id], queryFn: () => recordsOf(plural).get(id ?? ""), enabled: id !== undefined && object !== undefined }); // prettier-ignore
  return object && data ? titleOf(object, data) : undefined;
};

const useTitles = (given: NewCaseSearch): Record<string, string | undefined> => ({
  contact_id: useTitle("contacts", given.contact),
  account_id: useTitle("accounts", given.account),
  order_id: useTitle("orders", given.order),
  product_id: useTitle("products", given.product),
});

const useOpening = (values: Values, acknowledge: boolean) => {
  const { _ } = useLingui();
  const again = useAgain();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failed, setFailed] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setErrors({});
    setFailed("");
    try {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ""));
      const { id, number } = await cases().create({ ...asSent(filled), subject: values["subject"] ?? "", ...(acknowledge && values["contact_id"] ? { acknowledge } : {}) }); // prettier-ignore
      keepDraft(place, undefined);
      await again();
      done(_("Case {number} opened", { number }), () => cases().dismiss({ id, as: "mistake" }).then(again));
      await navigate({ to: "/cases/$id", params: { id } });
    } catch (thrown) {
      const told = isProblem(thrown) ? thrown.errors : [];
      setErrors(Object.fromEntries(told.map((error) => [error.field, error.message])));
      setFailed(
        told.some((error) => [...shown, "reason_id", ...ownNames(objectOf("cases"))].includes(error.field))
          ? ""
          : sentenceOf(thrown),
      );
      setBusy(false);
    }
  };
  return { submit, busy, errors, failed };
};

const Form = ({ object, search }: { object: DescribedObject; search: NewCaseSearch }) => {
  const { _ } = useLingui();
  const [kept] = useState(() => draftIn(place));
  const [values, setValues] = useState<Values>({ ...kept.changed, ...givenBy(search) });
  const [acknowledge, setAcknowledge] = useState(false);
  const [titles, setTitles] = useState(() => titlesBut(givenBy(search), kept.titles));
  const { submit, busy, errors, failed } = useOpening(values, acknowledge);
  const given = useTitles(search);
  useEffect(() => keepDraft(place, { changed: values, titles }), [values, titles]);
  const set = (name: string, value: unknown, title?: string): void => {
    setValues((before) => ({ ...before, [name]: value }));
    if (title) setTitles((before) => ({ ...before, [name]: title }));
  };
  const fields = shown.flatMap((name) => object.fields.filter((field) => field.name === name));
  return (
    <Nesting><form className="new-case stack" onSubmit={(event) => void submit(event)} noValidate>
      <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
      {fields.map((field, i) => {
        const title = titles[field.name] ?? given[field.name];
        return (
          <FieldInput
            key={field.name}
            field={field}
            autoFocus={i === 0}
            value={values[field.name] ?? (field.name === "priority" ? "normal" : field.name === "type" ? "question" : null)}
            title={title}
            error={errors[field.name]}
            onChange={(value, picked) => set(field.name, value, picked)}
          />
        );
      })}
      <ReasonPicker appliesTo="case" value={(values["reason_id"] as string | undefined) ?? null} onChange={(id) => set("reason_id", id)} error={errors["reason_id"]} />
      <OwnFields object={object} values={values} errors={errors} onChange={set} />
      <Checkbox label={_("Mail the customer that we have it, with the link to their page")} checked={acknowledge} disabled={!values["contact_id"]} onChange={(event) => setAcknowledge(event.currentTarget.checked)} />
      <div className="line">
        <Button type="submit" loading={busy}>{_("Open the case")}</Button>
        <Button component={Link} to="/cases" variant="default" onClick={() => keepDraft(place, undefined)}>{_("Discard")}</Button>
      </div>
    </form></Nesting>
  ); // prettier-ignore
};

/** A new case: about what, for whom; a draft survives a reload. */
export const NewCasePage = () => {
  const { _ } = useLingui();
  const object = objectOf("cases");
  const search = newCaseSearch(useSearch({ strict: false }) as Record<string, unknown>);
  return (
    <Page title={_("New case")} padded>
      {object && may("cases.create") ? <Form object={object} search={search} /> : <p className="empty">{_("Your role does not open cases.")}</p>}
    </Page>
  ); // prettier-ignore
};
