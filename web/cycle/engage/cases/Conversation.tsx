import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { boot, may } from "../../../kit/boot.ts";
import { instant } from "../../../kit/format.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { cases, useAgain, type Case, type Said, type Story } from "./told.ts";

const useRemove = (id: string) => {
  const { _ } = useLingui();
  const again = useAgain();
  return async (note: Said): Promise<void> => {
    try {
      await cases().removeNote({ id, message_id: note.id });
      await again();
      done(_("Note taken away"), () => cases().note({ id, body: note.body }).then(again));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
};

const Message = ({ said, onRemove }: { said: Said; onRemove?: (() => void) | undefined }) => {
  const { _ } = useLingui();
  const how = said.kind === "note" ? "note" : said.inbound ? "theirs" : "ours";
  return (
    <li className="said" data-how={how}>
      <p className="line small quiet">
        <strong><bdi>{said.author_name}</bdi></strong>
        {said.kind === "note" && <span className="chip">{_("Note")}</span>}
        {said.kind === "auto" && <span className="chip">{_("Automatic")}</span>}
        {said.to_address && <span className="clip">{_("to {address}", { address: said.to_address })}</span>}
        <span className="fill" />
        <time className="number" dateTime={said.at}>{instant(said.at)}</time>
      </p>
      <p className="said-body" dir="auto">{said.body}</p>
      {said.held && <p className="small case-held">{_("Not sent: {reason}", { reason: said.held })}</p>}
      {onRemove && <Button size="compact-xs" variant="subtle" onClick={onRemove}>{_("Take away")}</Button>}
    </li>
  ); // prettier-ignore
};

/** What was said in a case, oldest first: the opening, public messages, and notes that stay in the house. */
export const Conversation = ({ found, story }: { found: Case; story: Story }) => {
  const { _ } = useLingui();
  const remove = useRemove(found.id);
  const mine = boot().me;
  const mayRemove = (said: Said): boolean => said.kind === "note" && may("cases.update") && (said.author_id === mine?.id || mine?.role !== "agent"); // prettier-ignore
  const opening: Said | null = found.description
    ? { id: "opening", kind: "public", inbound: true, author_id: null, author_name: found.contact?.title ?? _("Opened"), body: found.description, to_address: null, held: null, at: found.created_at }
    : null; // prettier-ignore
  const all = opening ? [opening, ...story.messages] : story.messages;
  if (all.length === 0) return <p className="quiet">{_("Nobody has written yet.")}</p>;
  return (
    <ol className="conversation" aria-label={_("Conversation")}>
      {all.map((said) => (
        <Message key={said.id} said={said} onRemove={mayRemove(said) ? () => void remove(said) : undefined} />
      ))}
    </ol>
  );
};
