import { useEffect, useRef, type MouseEvent } from "react";
import { flushSync } from "react-dom";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import "./conflict.css";

/** What two people made of one thing, in words; without `mine` where only the other one changed it. */
export interface Difference {
  name: string;
  label: string;
  mine?: string | undefined;
  theirs: string;
}
export interface ConflictProps {
  differences: readonly Difference[];
  /** Puts what the person typed over what is there now; the form around this is sent again after it. */
  onMine: () => void;
  onTheirs: () => void;
}

/** Somebody saved while another was typing: both values of what differs, and whose stands. Nothing is overwritten unseen. */
export const Conflict = ({ differences, onMine, onTheirs }: ConflictProps) => {
  const { _ } = useLingui();
  const panel = useRef<HTMLElement>(null);
  // The form is long and was sent from its end: what must be decided comes into view.
  useEffect(() => {
    panel.current?.scrollIntoView({ block: "nearest" });
    panel.current?.focus();
  }, []);
  const both = differences.some(({ mine }) => mine !== undefined);
  // Drawn first: the form is sent as it stands then, by its own submit.
  const keepMine = ({ currentTarget: { form } }: MouseEvent<HTMLButtonElement>): void => {
    flushSync(onMine);
    form?.requestSubmit();
  };
  return (
    <section ref={panel} tabIndex={-1} className="note conflict" data-tone="amber" role="alert" aria-label={_("Two people changed this")}>
      <p>{_("Somebody else changed this while you were editing.")} {both ? _("These fields differ:") : _("Your fields are not among those they changed.")}</p>
      <dl>
        {differences.map(({ name, label, mine, theirs }) => (
          <div key={name}>
            <dt>{label}</dt>
            {mine !== undefined && <dd><span className="quiet small">{_("yours")}</span> <bdi>{mine || _("empty")}</bdi></dd>}
            <dd><span className="quiet small">{_("theirs")}</span> <bdi>{theirs || _("empty")}</bdi></dd>
          </div>
        ))}
      </dl>
      <div className="line">
        <Button onClick={keepMine}>{both ? _("Keep mine") : _("Save mine beside theirs")}</Button>
        <Button variant="default" onClick={onTheirs}>{_("Take theirs")}</Button>
      </div>
    </section>
  ); // prettier-ignore
};
