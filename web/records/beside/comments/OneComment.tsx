import { useState } from "react";
import { useLingui } from "@lingui/react";
import { boot, may } from "../../../kit/boot.ts";
import { instant } from "../../../kit/format.ts";
import type { Here } from "../../../kit/here.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { RichView } from "../../../kit/rich/RichView.tsx";
import { done } from "../../../kit/undo.ts";
import { comments, useCommentsAgain, type Said } from "./told.ts";
import { WriteComment } from "./WriteComment.tsx";

/** One comment; its author changes it or takes it away, with undo. */
export const OneComment = ({ here, said }: { here: Here; said: Said }) => {
  const { _ } = useLingui();
  const again = useCommentsAgain(here);
  const [editing, setEditing] = useState(false);
  const mine = said.by_id === boot().me?.id && may("comments.create");
  const remove = async (): Promise<void> => {
    try {
      await comments().remove({ id: said.id });
      done(_("Comment taken away"), () => comments().restore({ id: said.id }).then(again));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
    await again();
  };
  return (
    <li className="comment">
      <p className="line small">
        <bdi className="strong">{said.by_name}</bdi>
        <time className="quiet fill" dateTime={said.created_at}>{instant(said.created_at)}{said.edited_at && ` · ${_("edited")}`}</time>
        {mine && !editing && (
          <>
            <button type="button" className="plain link" onClick={() => setEditing(true)}>{_("Edit")}</button>
            <button type="button" className="plain link" onClick={() => void remove()}>{_("Take away")}</button>
          </>
        )}
      </p>
      {editing ? <WriteComment here={here} said={said} onDone={() => setEditing(false)} /> : <RichView html={said.html} />}
    </li>
  ); // prettier-ignore
};
