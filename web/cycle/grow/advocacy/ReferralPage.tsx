import { useState } from "react";
import { Button, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { Page } from "../../../kit/Page.tsx";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { FactList } from "../../../records/FactList.tsx";
import { recordsOf } from "../../../records/record.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Dialog } from "../../deliver/Dialog.tsx";
import { referrals, type Referral } from "./told.ts";
import { Chain } from "../../../timeline/Chain.tsx";
import "../worth/worth.css";

const useAgain = () => {
  const cache = useQueryClient();
  return () => Promise.all(["referrals", "due", "timeline"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
};

const Refuse = ({ referral, onClose }: { referral: Referral; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [reason, setReason] = useState("");
  const submit = async (): Promise<void> => {
    await referrals().refuse({ id: referral.id, reason });
    await again();
    done(_("{name} does not count", { name: referral.friend_name }), () => referrals().readmit({ id: referral.id }).then(again));
  };
  return (
    <Dialog title={_("Refuse it")} verb={_("Refuse")} danger disabled={reason.trim() === ""} fields={["reason"]} onSubmit={submit} onClose={onClose}>
      {(errors) => <TextInput label={_("Why")} maxLength={500} value={reason} error={errors["reason"]} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />}
    </Dialog>
  );
}; // prettier-ignore

const Acts = ({ referral }: { referral: Referral }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const [refusing, setRefusing] = useState(false);
  const open = !["rewarded", "rejected", "clawed_back"].includes(referral.state);
  const clear = async (): Promise<void> => {
    try {
      await referrals().clear({ id: referral.id });
      await again();
      done(_("{name} counts", { name: referral.friend_name }), () => referrals().lookAgain({ id: referral.id }).then(again));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  if (!may("referrals.update")) return null;
  return (
    <>
      {open && <Button variant="default" onClick={() => setRefusing(true)}>{_("Refuse")}</Button>}
      {referral.review === "waiting" && open && <Button onClick={() => void clear()}>{_("Let it count")}</Button>}
      {referral.review === "refused" && <Button variant="default" onClick={() => void referrals().readmit({ id: referral.id }).then(again)}>{_("Take the refusal back")}</Button>}
      {refusing && <Refuse referral={referral} onClose={() => setRefusing(false)} />}
    </>
  );
}; // prettier-ignore

/** One referral: who brought whom, how it stands and why, and what a person decides about it. */
export const ReferralPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const object = objectOf("referrals");
  const asked = useQuery({ queryKey: ["referrals", "one", id], queryFn: ({ signal }) => recordsOf("referrals").get(id, signal) });
  const referral = asked.data as Referral | undefined;
  if (!object) return null;
  const title = referral ? _("{advocate} recommended us to {friend}", { advocate: referral.advocate?.title ?? "", friend: referral.friend_name }) : _(object.label);
  return (
    <Page title={title} note={<Link to="/referrals" className="link">{_(object.label_plural)}</Link>} actions={referral && <Acts referral={referral} />} padded>
      {referral && <Chain noun="referral" id={id} of={{ contact_id: referral.friend_id }} />}
      <Ask asked={asked}>
        {(record) => (
          <div className="worth-page">
            {referral?.review === "waiting" && <p className="note" data-tone="amber">{_("It waits for a look before a reward: {flags}.", { flags: referral.flags ?? "" })}</p>}
            <FactList object={object} record={record} />
          </div>
        )}
      </Ask>
    </Page>
  );
}; // prettier-ignore
