import { useEffect, useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../kit/boot.ts";
import { Icon } from "../kit/Icon.tsx";
import { Page } from "../kit/Page.tsx";
import { RecordForm } from "../kit/form/RecordForm.tsx";
import { useKeys } from "../kit/keys.ts";
import { RecordTable } from "../records/RecordTable.tsx";
import type { Rec } from "../records/record.ts";
import { CustomerPeek } from "./CustomerPeek.tsx";
import { subjectOf, type Plural } from "./told.ts";
import { useSegmenting } from "../cycle/attract/segmenting.tsx";
import { segmentName } from "../records/filter/segment-names.ts";
import { useViewing } from "../records/views/useViewing.ts";
import { rememberWalk, segmentAsked } from "./walk.ts";
import "./customers.css";

const words = {
  contacts: {
    fresh: "New contact",
    empty: "The people you sell to and talk with stand here, each with everything that happened.",
  },
  accounts: {
    fresh: "New account",
    empty: "The companies you sell to stand here, with their people and everything that happened.",
  },
} as const;

/** Remembers the list that is left, so that J and K walk it on the records' own pages. */
const useLeaving = (plural: Plural, sort: string): void => {
  const cache = useQueryClient();
  const { view, saved, deviates } = useViewing(subjectOf(plural));
  const segment = segmentAsked(view.filter);
  const name = saved && !deviates ? saved.name : segment && view.q === undefined ? segmentName(segment) : undefined;
  const ask = { filter: view.filter, sort: view.sort ?? sort, q: view.q, moved: view.moved };
  const key = JSON.stringify(ask);
  useEffect(() => () => rememberWalk(cache, plural, JSON.parse(key), name), [cache, plural, key, name]);
};

/** A table of people or companies with a look at the side, forms, and the trash. */
const CustomersPage = ({ plural }: { plural: Plural }) => {
  const { _ } = useLingui();
  const object = objectOf(plural);
  const navigate = useNavigate();
  const [form, setForm] = useState<{ record?: Rec }>();
  const [total, setTotal] = useState("");
  const mayAdd = may(`${plural}.create`);
  const mayEdit = may(`${plural}.update`);
  const mayTrash = may(`${plural}.delete`);
  const here = _("This list");
  const segmenting = useSegmenting(plural === "contacts");
  useLeaving(plural, object?.default_sort ?? "-created_at");
  const edit = (record: Rec): void => setForm({ record });
  const toDuplicates = (): void => void navigate({ to: `/${plural}/duplicates` });
  const toTrash = (): void => void navigate({ to: `/${plural}/trash` });
  useKeys([
    ...(mayAdd ? [{ keys: "c", label: _(words[plural].fresh), group: here, run: () => setForm({}) }] : []),
    { keys: "g =", label: _("Duplicates"), group: here, run: toDuplicates },
    ...(mayTrash ? [{ keys: "g t", label: _("The trash"), group: here, run: toTrash }] : []),
  ]);
  if (!object) return null;
  const add = mayAdd ? (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => setForm({})}>
      {_(words[plural].fresh)}
    </Button>
  ) : undefined;
  const more = mayTrash ? (
    <Link className="table-more quiet small" to={`/${plural}/trash`} aria-label={_("The trash")} title={_("The trash")}>
      <Icon name="trash" size={16} />
    </Link>
  ) : undefined;
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={add}>
      <RecordTable
        object={object}
        onTotal={setTotal}
        mayTrash={mayTrash}
        moving
        peek={(record) => <CustomerPeek subject={subjectOf(plural)} record={record} />}
        {...(mayEdit ? { onEdit: edit } : {})}
        more={
          <>
            {segmenting.more}
            <Link className="table-more table-more-word quiet small" to={`/${plural}/duplicates`}>
              {_("Duplicates")}
            </Link>
            {more}
          </>
        }
        {...(segmenting.bulk ? { bulk: segmenting.bulk } : {})}
        empty={{ words: _(words[plural].empty), action: <EmptyDoors add={add} /> }}
      />
      {segmenting.dialog}
      {form && <RecordForm object={object} record={form.record} onClose={() => setForm(undefined)} />}
    </Page>
  );
};

const EmptyDoors = ({ add }: { add: React.ReactNode }) => {
  const { _ } = useLingui();
  return (
    <div className="line">
      {add}
      {may("imports.create") && (
        <Button variant="default" component={Link} to="/import">
          {_("Import a file")}
        </Button>
      )}
    </div>
  );
};

/** The table of people. */
export const ContactsPage = () => <CustomersPage plural="contacts" />;

/** The table of companies. */
export const AccountsPage = () => <CustomersPage plural="accounts" />;
