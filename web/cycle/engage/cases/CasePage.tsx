import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { Page } from "../../../kit/Page.tsx";
import { cellOf } from "../../../records/cells.tsx";
import { FactList } from "../../../records/FactList.tsx";
import { andOwn } from "../../../records/record.ts";
import { Changes } from "../../../records/history/Changes.tsx";
import { Ask } from "../../../settings/Ask.tsx";
import { Answer } from "./Answer.tsx";
import { CaseActs } from "./CaseActs.tsx";
import { CaseLine } from "./CaseLine.tsx";
import { Clocks } from "./Clocks.tsx";
import { Conversation } from "./Conversation.tsx";
import { caseOf, storyOf, useCasesLive, type Case, type Story } from "./told.ts";
import { Chain } from "../../../timeline/Chain.tsx";
import "../../../customers/customers.css";
import "./cases.css";

const about = ["contact_id", "account_id", "product_id", "order_id", "order_line_id", "reason_id", "type", "channel", "previous_id", "created_at", "resolved_at"]; // prettier-ignore

const About = ({ found, story }: { found: Case; story: Story }) => {
  const { _ } = useLingui();
  const object = objectOf("cases");
  return (
    <div className="case-side">
      {object && <FactList object={object} record={found} only={andOwn(object, about)} />}
      {story.others.length > 0 && (
        <section aria-labelledby="others">
          <h2 className="part-title" id="others">{_("Their other cases")}</h2>
          <ul>{story.others.map((other) => <CaseLine key={other.id} other={other} />)}</ul>
        </section>
      )}
    </div>
  ); // prettier-ignore
};

const Beside = ({ found, story }: { found: Case; story: Story }) => {
  const { _ } = useLingui();
  const object = objectOf("cases");
  return (
    <div className="case-side">
      <Clocks story={story} />
      {object && <FactList object={object} record={found} only={["status", "priority", "owner_id"]} />}
      {story.link && (
        <p className="small">
          <a className="link" href={story.link} target="_blank" rel="noreferrer">{_("What the customer sees")}</a>
        </p>
      )}
      {object && (
        <section aria-labelledby="changes">
          <h2 className="part-title" id="changes">{_("Changes")}</h2>
          <Changes plural="cases" object={object} record={found} />
        </section>
      )}
    </div>
  ); // prettier-ignore
};

const Status = ({ found }: { found: Case }) => {
  const field = objectOf("cases")?.fields.find((one) => one.name === "status");
  return <span className="line">{field && cellOf(found, field)}</span>;
};

/** One case: what it is about, the conversation, and its clocks. */
export const CasePage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  useCasesLive();
  const asked = useQuery({ queryKey: ["cases", id], queryFn: () => caseOf(id) });
  const story = useQuery({ queryKey: ["cases", id, "story"], queryFn: () => storyOf(id) });
  const found = asked.data;
  const note = found ? <Status found={found} /> : <Link to="/cases" className="link">{_("Cases")}</Link>; // prettier-ignore
  const writes = may("cases.update") && found?.status !== "closed";
  return (
    <Page title={found ? `${found.number} · ${found.subject}` : _("Case")} note={note} actions={found && <CaseActs found={found} />}>
      {found && <Chain noun="case" id={found.id} of={found} />}
      <Ask asked={asked}>
        {(one) => (
          <Ask asked={story}>
            {(told) => (
              <div className="case">
                <About found={one} story={told} />
                <div className="case-main">
                  <Conversation found={one} story={told} />
                  {writes ? <Answer key={one.id} found={one} /> : one.status === "closed" && <p className="quiet">{_("This case is closed. What is new is a new case.")}</p>}
                </div>
                <Beside found={one} story={told} />
              </div>
            )}
          </Ask>
        )}
      </Ask>
    </Page>
  ); // prettier-ignore
};
