import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may, objectOf } from "../../kit/boot.ts";
import { count } from "../../kit/format.ts";
import { useKeys } from "../../kit/keys.ts";
import { tell } from "../../kit/notes.ts";
import { Page } from "../../kit/Page.tsx";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { recordsOf } from "../record.ts";
import { Compare } from "./Compare.tsx";
import { Rules } from "./Rules.tsx";
import { duplicatesOf, type Pair } from "./told.ts";
import "../records.css";
import "./duplicates.css";

const orSay = (thrown: unknown): void => void tell(sentenceOf(thrown), { tone: "bad" });

/** Records that may be one, pair by pair: merge with a choice for each field, or say that they are not the same. */
export const DuplicatesPage = ({ plural }: { plural: string }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const object = objectOf(plural);
  const duplicates = duplicatesOf(plural);
  const [at, setAt] = useState(0);
  const queue = useQuery({ queryKey: [plural, "duplicates"], queryFn: ({ signal }) => duplicates.queue(signal) });
  const items = queue.data?.items ?? [];
  const pair = items[Math.min(at, items.length - 1)];
  const again = () => cache.invalidateQueries({ queryKey: [plural] });
  const leave = (gone: Pair): void => {
    cache.setQueryData<typeof queue.data>(
      [plural, "duplicates"],
      (known) => known && { ...known, items: known.items.filter((p) => p !== gone) },
    );
  };
  const dismiss = (): void => {
    if (!pair) return;
    leave(pair);
    duplicates.dismiss(pair).then(() => {
      done(_("{a} and {b} are not the same", { a: pair.titles[0], b: pair.titles[1] }), () => duplicates.reopen(pair).then(again));
      return again();
    }, orSay); // prettier-ignore
  };
  const step = (by: number) => (): void =>
    setAt((now) => Math.max(0, Math.min(items.length - 1, Math.min(now, items.length - 1) + by)));
  const group = _("Duplicates");
  const mayDecide = may(`${plural}.update`);
  useKeys([
    { keys: "j", label: _("The next pair"), group, run: step(1) },
    { keys: "k", label: _("The former pair"), group, run: step(-1) },
    ...(mayDecide ? [{ keys: "x", label: _("Not the same"), group, run: dismiss }] : []),
  ]);
  if (!object) return null;
  const merge = async (winner: string, choices: Record<string, string>): Promise<void> => {
    if (!pair) return;
    const loser = winner === pair.a ? pair.b : pair.a;
    const [kept, lost] = winner === pair.a ? pair.titles : pair.titles.toReversed();
    try {
      const merged = await duplicates.merge(winner, [loser], choices);
      leave(pair);
      await again();
      done(_("{lost} was merged into {kept}", { lost: lost ?? "", kept: kept ?? "" }), async () => {
        const { kept: left } = await duplicates.undo(merged);
        await again();
        if (left.length > 0) tell(_("Changed since and left as it is: {what}", { what: left.join(", ") }));
      });
    } catch (thrown) {
      orSay(thrown);
    }
  };
  const find = (): void => void duplicates.find().then(() => tell(_("Looking through all {what}: the tray shows how far it is.", { what: _(object.label_plural).toLocaleLowerCase() })), orSay); // prettier-ignore
  const total = queue.data?.counts.reduce((sum, c) => sum + c.count, 0) ?? 0;
  const back = (
    <Link className="link" to={`/${plural}`}>
      {_(object.label_plural)}
    </Link>
  );
  return (
    <Page
      title={_("Duplicates")}
      note={
        <>
          {back}{" "}
          {queue.isSuccess && (
            <span className="number">· {_("{n} to decide", { n: total > 10_000 ? "10,000+" : count(total) })}</span>
          )}
        </>
      }
      actions={
        mayDecide && (
          <Button variant="default" onClick={find}>
            {_("Look through all")}
          </Button>
        )
      }
      padded
    >
      {queue.isError && (
        <div className="empty" role="alert">
          <p>{sentenceOf(queue.error)}</p>
          <Button variant="default" onClick={() => void queue.refetch()}>
            {_("Try again")}
          </Button>
        </div>
      )}
      {queue.isSuccess && !pair && (
        <div className="empty">
          <p>
            {_(
              "Nothing looks like a duplicate. What is added or changed is compared by itself; “Look through all” compares everything once more.",
            )}
          </p>
        </div>
      )}
      {pair && (
        <Compare
          key={`${pair.a} ${pair.b}`}
          object={object}
          pair={pair}
          place={_("{n} of {total}", { n: count(Math.min(at, items.length - 1) + 1), total: count(items.length) })}
          load={recordsOf(plural).get}
          onNext={step(1)}
          {...(may(`${plural}.delete`) ? { onMerge: merge } : {})}
          {...(mayDecide ? { onDismiss: dismiss } : {})}
        />
      )}
      {queue.data && <Rules plural={plural} queue={queue.data} onChanged={() => void again()} />}
    </Page>
  );
};

/** Duplicates among people. */
export const ContactDuplicates = () => <DuplicatesPage plural="contacts" />;

/** Duplicates among companies. */
export const AccountDuplicates = () => <DuplicatesPage plural="accounts" />;
