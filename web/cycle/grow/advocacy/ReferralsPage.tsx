import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { count } from "../../../kit/format.ts";
import { Page } from "../../../kit/Page.tsx";
import { RecordTable } from "../../../records/RecordTable.tsx";
import { referrals } from "./told.ts";

/** Referrals by state, with why they do not count; those that wait for a look first when asked. */
export const ReferralsPage = () => {
  const { _ } = useLingui();
  const object = objectOf("referrals");
  const [total, setTotal] = useState("");
  const [waiting, setWaiting] = useState(false);
  const asked = useQuery({ queryKey: ["referrals", "tally"], queryFn: () => referrals().tally({}) });
  if (!object) return null;
  const more = (
    <>
      <Button size="compact-sm" variant={waiting ? "light" : "subtle"} aria-pressed={waiting} onClick={() => setWaiting(!waiting)}>
        {_("To review: {n}", { n: count(asked.data?.waiting ?? 0) })}
      </Button>
      {asked.data && <span className="quiet small">{_("invitations opened {n} times", { n: count(asked.data.clicks) })}</span>}
    </>
  );
  return (
    <Page title={_(object.label_plural)} note={<span className="number">{total}</span>} actions={may("referrals.settings") && <Button component={Link} to="/settings/referrals" variant="default">{_("Programme")}</Button>}>
      <RecordTable
        key={String(waiting)}
        object={object}
        onTotal={setTotal}
        mayTrash={false}
        {...(waiting ? { within: { field: "review", op: "is", value: "waiting" } } : {})}
        more={more}
        empty={{ words: waiting ? _("Nothing waits for a look.") : _("Friends whom your customers brought stand here. Switch the programme on, and give customers their link on their page.") }}
      />
    </Page>
  );
}; // prettier-ignore
