import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { may, objectOf } from "../../kit/boot.ts";
import { date, instant } from "../../kit/format.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { say } from "../../kit/i18n.ts";
import { done } from "../../kit/undo.ts";
import { useAgain } from "./again.ts";
import { shipments, type Shipment } from "./told.ts";

/** The carrier's name for reading. */
export const carrierWords = (key: string | null): string =>
  say(objectOf("shipments")?.fields.find((field) => field.name === "carrier")?.choices?.find((one) => one.value === key)?.label ?? key ?? ""); // prettier-ignore

const useActs = () => {
  const { _ } = useLingui();
  const again = useAgain();
  const doing = async (work: () => Promise<unknown>, words: string, undo: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      done(words, () => undo().then(again));
      return true;
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
      return false;
    } finally {
      await again();
    }
  };
  return {
    arrived: (one: Shipment) => doing(() => shipments.arrived(one.id), _("Shipment {number} arrived", { number: one.number }), () => shipments.notArrived(one.id)),
    notArrived: (one: Shipment) => doing(() => shipments.notArrived(one.id), _("Shipment {number} has not arrived", { number: one.number }), () => shipments.arrived(one.id)),
    takeBack: async (one: Shipment) => {
      try {
        await shipments.takeBack(one.id);
        tell(_("Shipment {number} was not sent after all", { number: one.number }));
        return true;
      } catch (thrown) {
        tell(sentenceOf(thrown), { tone: "bad" });
        return false;
      } finally {
        await again();
      }
    },
  };
}; // prettier-ignore

/** What can be done with a shipment; `onGone` when it was taken back. */
export const ShipmentActs = ({ shipment, onGone }: { shipment: Shipment; onGone?: () => void }) => {
  const { _ } = useLingui();
  const acts = useActs();
  if (!may("shipments.update")) return null;
  if (shipment.delivered_at) return <Button variant="default" onClick={() => void acts.notArrived(shipment)}>{_("Not arrived")}</Button>;
  return (
    <>
      <Button variant="default" onClick={() => void acts.takeBack(shipment).then((gone) => gone && onGone?.())}>{_("Not sent")}</Button>
      <Button onClick={() => void acts.arrived(shipment)}>{_("Arrived")}</Button>
    </>
  );
}; // prettier-ignore

/** Carrier and number, leading to the carrier's own page. */
export const Tracking = ({ shipment }: { shipment: Pick<Shipment, "carrier" | "tracking_number" | "tracking_url"> }) => {
  const words = [carrierWords(shipment.carrier), shipment.tracking_number].filter(Boolean).join(" ");
  if (!words) return null;
  if (!shipment.tracking_url) return <bdi>{words}</bdi>;
  return <a className="link" href={shipment.tracking_url} target="_blank" rel="noreferrer noopener"><bdi>{words}</bdi></a>;
}; // prettier-ignore

/** The shipments of an order, newest first, each with what is in it. */
export const Parcels = ({ items }: { items: readonly Shipment[] }) => {
  const { _ } = useLingui();
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="shipments">
      <h2 className="h" id="shipments">{_("Shipments")}</h2>
      <ul className="parcels">
        {items.map((one) => (
          <li key={one.id}>
            <div>
              <p className="line">
                <Link className="link" to="/shipments/$id" params={{ id: one.id }}>{one.number}</Link>
                <span className="chip" data-tone={one.delivered_at ? "green" : "blue"}><span className="dot" />{one.delivered_at ? _("Arrived {when}", { when: instant(one.delivered_at) }) : _("Sent {when}", { when: instant(one.shipped_at) })}</span>
                <Tracking shipment={one} />
              </p>
              <p className="quiet small">
                {one.lines.map((line) => `${line.quantity} × ${line.description}`).join(", ")}
                {one.promised_at && !one.delivered_at && ` · ${_("promised for {day}", { day: date(one.promised_at) })}`}
              </p>
            </div>
            <div className="line"><ShipmentActs shipment={one} /></div>
          </li>
        ))}
      </ul>
    </section>
  );
}; // prettier-ignore
