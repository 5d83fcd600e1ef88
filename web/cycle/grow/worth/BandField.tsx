import { Tooltip } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { recordsOf } from "../../../records/record.ts";
import type { PanelProps } from "../../../customers/panels.tsx";
import { figureIn } from "../../../customers/values.ts";
import { bandWords, inBand } from "./told.ts";

/** Where a contact stands among all who bought: the band, with recency, frequency and money. */
export const BandField = ({ contactId }: PanelProps) => {
  const { _ } = useLingui();
  const asked = useQuery({
    queryKey: ["contacts", "one", contactId],
    queryFn: ({ signal }) => recordsOf("contacts").get(contactId ?? "", signal),
    enabled: contactId !== undefined,
  });
  const band = asked.data?.["rfm_band"];
  const word = bandWords().find((one) => one.value === band);
  if (!word || !asked.data) return null;
  const said = {
    r: figureIn(asked.data, "rfm_recency"),
    f: figureIn(asked.data, "rfm_frequency"),
    m: figureIn(asked.data, "rfm_money"),
  };
  return (
    <dl className="facts">
      <div>
        <dt>{_("Band")}</dt>
        <dd>
          <Tooltip label={_("Recency {r}, frequency {f} and money {m}, each from 1 to 5 among all who bought", said)}>
            <Link className="line link band-line" to="/contacts" search={{ filter: inBand(word.value) }} data-tone={word.tone}>
              <span className="dot" />
              <span>{_(word.label)}</span>
              <span className="quiet small number">{_("{r} · {f} · {m}", said)}</span>
            </Link>
          </Tooltip>
        </dd>
      </div>
    </dl>
  ); // prettier-ignore
};
