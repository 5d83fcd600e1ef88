import { useState } from "react";
import { TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { workspace } from "../../../kit/boot.ts";
import { wallClock } from "../../../kit/form/zoned.ts";
import { count, instant } from "../../../kit/format.ts";
import { done } from "../../../kit/undo.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { campaigns, type Told } from "./told.ts";

// A first proposal: in an hour, at the full hour.
const soon = (): string =>
  `${wallClock(new Date(Date.now() + 3_600_000).toISOString(), workspace().time_zone).slice(0, 13)}:00`;

/** Says who would get it, and sends it now or at an hour of the company's clock. */
export const Launch = ({ campaign, how, onClose }: { campaign: Told; how: "now" | "later"; onClose: () => void }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [at, setAt] = useState(campaign.send_at_local ?? soon());
  const segment_id = campaign.segment_id;
  const audience = useQuery({
    queryKey: ["campaigns", "audience", segment_id],
    queryFn: () => campaigns().audience({ segment_id: segment_id ?? "" }),
    enabled: segment_id !== null,
    staleTime: 0,
    // A segment that is being computed fills while one looks.
    refetchInterval: 2000,
  });
  const again = () => cache.invalidateQueries({ queryKey: ["campaigns"] });
  const launch = async (): Promise<void> => {
    const { id } = campaign;
    if (how === "now") {
      await campaigns().start({ id });
      done(_("{name} is being sent", { name: campaign.name }), () => campaigns().pause({ id }).then(again));
    } else {
      const { send_at } = await campaigns().schedule({ id, at });
      done(_("{name} leaves on {when}", { name: campaign.name, when: instant(String(send_at)) }), () => campaigns().unschedule({ id }).then(again));
    }
    await again();
  };
  const errors = campaign.problems.filter((p) => p.level === "error");
  const n = audience.data?.agreed ?? 0;
  return (
    <Dialog title={how === "now" ? _("Send {name}", { name: campaign.name }) : _("Schedule {name}", { name: campaign.name })} verb={how === "now" ? _("Send to {n}", { n: count(n) }) : _("Schedule")}
      disabled={errors.length > 0 || !segment_id || (how === "now" && n === 0)} fields={["at"]} onSubmit={launch} onClose={onClose}>
      {(refused) => (
        <>
          {!segment_id && <p className="note" data-tone="red">{_("Choose the segment it goes to.")}</p>}
          {errors.map((e, i) => <p key={i} className="note" data-tone="red">{e.line === null ? e.message : _("Line {n}: {message}", { n: e.line, message: e.message })}</p>)}
          {audience.data && (
            <p>
              {_("{members, plural, one {# person is} other {# people are}} in the segment now; {agreed} agreed to news and get it.", { members: audience.data.members, agreed: count(n) })}{" "}
              {_("Who has had enough mails from us, or leaves before it is sent, is left out.")}
            </p>
          )}
          {how === "later" && <TextInput data-autofocus type="datetime-local" label={_("When")} description={workspace().time_zone} value={at} error={refused.at} onChange={(event) => setAt(event.currentTarget.value)} />}
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore
