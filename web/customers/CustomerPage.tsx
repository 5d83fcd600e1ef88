import { lazy, Suspense, useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, Navigate, useNavigate, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf, type DescribedObject } from "../kit/boot.ts";
import { RecordForm } from "../kit/form/RecordForm.tsx";
import { count } from "../kit/format.ts";
import { useKeys } from "../kit/keys.ts";
import { askAgain, useLive } from "../kit/live.ts";
import { Page } from "../kit/Page.tsx";
import { isProblem, sentenceOf } from "../kit/problem.ts";
import { recordsOf, titleOf, type Rec } from "../records/record.ts";
import { mayWrite, type Writing } from "../cycle/convert/activities/WriteBox.tsx";
import { Acts } from "./Acts.tsx";
import { InTrash } from "./InTrash.tsx";
import { Middle } from "./Middle.tsx";
import { NewMenu } from "./NewMenu.tsx";
import { Next } from "./Next.tsx";
import { People } from "./People.tsx";
import { Since } from "./Since.tsx";
import { Who } from "./Who.tsx";
import { Panels } from "./panels.tsx";
import { Worth } from "./Worth.tsx";
import { customersOf, subjectOf, type Plural } from "./told.ts";
import { useTrashing } from "./trashing.ts";
import { textIn } from "./values.ts";
import { useWalk, type WalkPlace } from "./walk.ts";
import "../records/records.css";
import "./customers.css";

const MoveDialog = lazy(async () => ({ default: (await import("./MoveDialog.tsx")).MoveDialog }));

const useCustomer = (plural: Plural, id: string) => {
  const cache = useQueryClient();
  useLive("fact", (fact) => {
    if (fact.contact_id !== id && fact.account_id !== id) return;
    askAgain(cache, [plural, "one", id], ["story", id], ["history", id], ["orders"], ["returns"]);
  });
  return {
    record: useQuery({ queryKey: [plural, "one", id], queryFn: ({ signal }) => recordsOf(plural).get(id, signal) }),
    story: useQuery({ queryKey: ["story", id], queryFn: ({ signal }) => customersOf(plural).story(id, signal) }),
  };
};

const Place = ({ place }: { place: WalkPlace }) => {
  const { _ } = useLingui();
  return (
    <span className="quiet small number wide-only">
      {place.list
        ? _("{n} of {total} in “{list}”", { n: count(place.index + 1), total: place.total, list: place.list })
        : _("{n} of {total}", { n: count(place.index + 1), total: place.total })}{" "}
      · <kbd>J</kbd> <kbd>K</kbd>
    </span>
  );
};

const useCustomerKeys = (
  plural: Plural,
  place: WalkPlace | undefined,
  acts: { edit: (() => void) | undefined; move: (() => void) | undefined },
): void => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  // A walk leaves one entry in the history, so that "back" is the list it came from.
  const to = (id: string | undefined) => () =>
    id && void navigate({ to: `/${plural}/$id`, params: { id }, replace: true });
  const group = _("This customer");
  useKeys([
    ...(place ? [
      { keys: "j", label: _("The next one of the list"), group, run: to(place.following), quiet: true },
      { keys: "k", label: _("The former one of the list"), group, run: to(place.former), quiet: true },
    ] : []),
    ...(acts.edit ? [{ keys: "e", label: _("Edit"), group, run: acts.edit }] : []),
    ...(acts.move ? [{ keys: "m", label: _("Move by hand…"), group, run: acts.move }] : []),
    { keys: "u", label: _("Back to the list"), group, run: () => history.length > 1 ? history.back() : void navigate({ to: `/${plural}` }) },
  ]); // prettier-ignore
};

const Customer = ({
  plural,
  object,
  record,
  story,
}: {
  plural: Plural;
  object: DescribedObject;
  record: Rec;
  story: ReturnType<typeof useCustomer>["story"];
}) => {
  const { _ } = useLingui();
  const [form, setForm] = useState<"edit" | "move">();
  const [writing, setWriting] = useState<Writing | null>(null);
  const place = useWalk(plural, record.id);
  const trashed = typeof record["deleted_at"] === "string";
  const mayEdit = may(`${plural}.update`) && !trashed;
  const trash = useTrashing(plural, object);
  const edit = mayEdit ? () => setForm("edit") : undefined;
  const move = mayEdit ? () => setForm("move") : undefined;
  useCustomerKeys(plural, place, { edit, move });
  const subject = subjectOf(plural);
  const whose = subject === "contact" ? { contactId: record.id } : { accountId: record.id };
  const writes = (what: Writing): boolean => !trashed && mayWrite(what, { ...whose, email: textIn(record, "email") });
  return (
    <Page
      title={titleOf(object, record)}
      note={<span className="wide-only"><Since record={record} /></span>}
      actions={
        <>
          {place && <Place place={place} />}
          {writes("mail") && <Button className="wide-only" variant="default" onClick={() => setWriting("mail")}>{_("Mail")}</Button>}
          {writes("call") && <Button className="wide-only" variant="default" onClick={() => setWriting("call")}>{_("Call")}</Button>}
          {!trashed && <NewMenu {...whose} onTask={writes("task") ? () => setWriting("task") : undefined} />}
          <Acts card={plural === "contacts" && may("contacts.export") ? `/api/v1/contacts/export?format=vcard&records=${record.id}` : undefined} onEdit={edit} onMove={move} onTrash={may(`${plural}.delete`) && !trashed ? () => void trash(record) : undefined} />
        </>
      }
    >
      {textIn(record, "merged_into") && (
        <Navigate to={`/${plural}/$id`} params={{ id: textIn(record, "merged_into")! }} replace />
      )}
      {trashed && <InTrash plural={plural} object={object} record={record} />}
      <div className="customer">
        <div className="customer-side">
          <Who subject={subject} object={object} record={record}>
            <Panels side="field" {...whose} />
          </Who>
          <Worth record={record} expected={<Panels side="figure" until={20} {...whose} />} standing={<Panels side="figure" from={20} {...whose} />} />
          <Panels side="left" {...whose} />
        </div>
        <Middle key={record.id} plural={plural} object={object} record={record} writing={writing} onWrite={setWriting} />
        <div className="customer-side">
          <Panels side="right" until={30} {...whose} />
          {story.data && (
            <Next record={record} story={story.data}>
              <Panels side="ahead" {...whose} />
            </Next>
          )}
          <Panels side="right" from={30} until={60} {...whose} />
          <People subject={subject} record={record} />
          <Panels side="right" from={60} {...whose} />
        </div>
      </div>
      {form === "edit" && <RecordForm object={object} record={record} onClose={() => setForm(undefined)} />}
      {form === "move" && (
        <Suspense fallback={null}>
          <MoveDialog plural={plural} record={record} name={titleOf(object, record)} onClose={() => setForm(undefined)} />
        </Suspense>
      )}
    </Page>
  ); // prettier-ignore
};

const CustomerPage = ({ plural }: { plural: Plural }) => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = objectOf(plural);
  const { record, story } = useCustomer(plural, id);
  if (!object) return null;
  if (record.data) return <Customer plural={plural} object={object} record={record.data} story={story} />;
  const gone = isProblem(record.error) && (record.error.status === 404 || record.error.status === 400);
  return (
    <Page title={_(object.label)} padded>
      {record.isError && (
        <div className="empty" role="alert">
          <p>
            {gone
              ? _("There is nobody at this address. It may be a link to something that was removed.")
              : sentenceOf(record.error)}
          </p>
          <div className="line">
            {!gone && <Button onClick={() => void record.refetch()}>{_("Try again")}</Button>}
            <Button variant="default" renderRoot={(props) => <Link {...props} to={`/${plural}`} />}>
              {_(object.label_plural)}
            </Button>
          </div>
        </div>
      )}
    </Page>
  );
};

/** The page of a person. */
export const ContactPage = () => <CustomerPage plural="contacts" />;

/** The page of a company. */
export const AccountPage = () => <CustomerPage plural="accounts" />;
