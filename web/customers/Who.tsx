import type { ReactNode } from "react";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import type { DescribedObject } from "../kit/boot.ts";
import { FactList } from "../records/FactList.tsx";
import { andOwn, titleOf, type Rec } from "../records/record.ts";
import { Since } from "./Since.tsx";
import type { SubjectKind } from "./told.ts";

const shown = {
  contact: ["email", "phone", "owner_id", "country", "city", "language", "source", "first_order_at", "created_at"],
  account: ["domain", "industry", "phone", "website", "owner_id", "country", "city", "is_vendor", "source", "first_order_at", "created_at"],
} as const; // prettier-ignore

const initials = (name: string): string =>
  name.split(/\s+/).slice(0, 2).map((part) => Array.from(part)[0] ?? "").join("").toLocaleUpperCase(); // prettier-ignore

interface WhoProps {
  subject: SubjectKind;
  object: DescribedObject;
  record: Rec;
  children?: ReactNode;
}

/** Who a customer is: the name, where they work, how to reach them, and what the company keeps about them; the children are further fields. */
export const Who = ({ subject, object, record, children }: WhoProps) => {
  const { _ } = useLingui();
  const account = record["account"];
  const works =
    typeof account === "object" && account !== null && "id" in account && "title" in account ? account : undefined;
  const job = typeof record["job_title"] === "string" ? record["job_title"] : "";
  return (
    <section className="who" aria-label={_("Who it is")}>
      <span className="who-mark" aria-hidden>
        {initials(titleOf(object, record))}
      </span>
      <h2 className="h">
        <bdi>{titleOf(object, record)}</bdi>
      </h2>
      <p className="phone-only">
        <Since record={record} />
      </p>
      {(job || works) && (
        <p className="quiet">
          {job && <bdi>{job}</bdi>}
          {job && works && ", "}
          {works && (
            <Link className="link" to="/accounts/$id" params={{ id: String(works.id) }}>
              <bdi>{String(works.title)}</bdi>
            </Link>
          )}
        </p>
      )}
      <FactList object={object} record={record} only={andOwn(object, shown[subject])} />
      {children}
    </section>
  );
};
