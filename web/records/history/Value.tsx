import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { Field } from "#records";
import { may, objectOf } from "../../kit/boot.ts";
import { request } from "../../kit/client.ts";
import { files } from "../beside/files/told.ts";
import { textOf } from "../cells.tsx";
import { recordsOf, titleOf, type ListAnswer } from "../record.ts";

const Named = ({ words, waiting }: { words: string | undefined; waiting: boolean }) => {
  const { _ } = useLingui();
  return <bdi>{words ?? (waiting ? "…" : _("somebody"))}</bdi>;
};

const Colleague = ({ id }: { id: string }) => {
  const people = useQuery({
    queryKey: ["people", "names"],
    queryFn: () => request<ListAnswer>("GET /people", { limit: 200 }),
    enabled: may("people.read"),
  });
  const name = people.data?.items.find((one) => one.id === id)?.["name"];
  return <Named words={typeof name === "string" ? name : undefined} waiting={people.isFetching} />;
};

const Pointed = ({ to, id }: { to: string; id: string }) => {
  const object = objectOf(to);
  const plural = object?.plural ?? "";
  const record = useQuery({
    queryKey: [plural, "one", id],
    queryFn: () => recordsOf(plural).get(id),
    enabled: object !== undefined,
    retry: false,
  });
  return <Named words={object && record.data ? titleOf(object, record.data) : undefined} waiting={record.isFetching} />;
};

const HeldFile = ({ id }: { id: string }) => {
  const { _ } = useLingui();
  const file = useQuery({ queryKey: ["files", "one", id], queryFn: () => files().get({ id }), retry: false });
  return <Named words={file.data?.name ?? (file.isError ? _("a file") : undefined)} waiting={file.isFetching} />;
};

/** A value of the past in words: names of records and people, labels of choices. */
export const Value = ({ field, value }: { field: Field | undefined; value: unknown }) => {
  const { _ } = useLingui();
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0))
    return <span className="quiet">{_("empty")}</span>;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return <bdi>{value.join(", ")}</bdi>;
  if (field?.type === "user" && typeof value === "string") return <Colleague id={value} />;
  if (field?.type === "relation" && typeof value === "string") return <Pointed to={field.to ?? ""} id={value} />;
  if (field?.type === "file" && typeof value === "string") return <HeldFile id={value} />;
  if (field?.type === "relations" && Array.isArray(value))
    return value.map((id, i) => <span key={String(id)}>{i > 0 && ", "}<Pointed to={field.to ?? ""} id={String(id)} /></span>); // prettier-ignore
  if (!field || (typeof value === "object" && field.type !== "choices" && field.type !== "address"))
    return <bdi>{typeof value === "string" ? value : JSON.stringify(value)}</bdi>;
  return <bdi>{textOf({ id: "", [field.name]: value }, field)}</bdi>;
};
