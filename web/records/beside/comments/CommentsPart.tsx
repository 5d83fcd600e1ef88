import { useLingui } from "@lingui/react";
import { may } from "../../../kit/boot.ts";
import type { Here } from "../../../kit/here.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Followers } from "./Followers.tsx";
import { OneComment } from "./OneComment.tsx";
import { useComments } from "./told.ts";
import { WriteComment } from "./WriteComment.tsx";

/** What colleagues say beside a record, newest first, and who follows it. */
export const CommentsPart = ({ here }: { here: Here }) => {
  const { _ } = useLingui();
  const asked = useComments(here);
  return (
    <div className="stack">
      <Followers here={here} />
      {may("comments.create") && <WriteComment key={here.record_id} here={here} />}
      <Ask asked={asked}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return (
            <>
              {items.length === 0 && <p className="quiet">{_("No comments yet. They stay in the house; whoever follows the record hears of them.")}</p>}
              <ul className="comments">{items.map((said) => <OneComment key={`${said.id}${said.version}`} here={here} said={said} />)}</ul>
              {asked.hasNextPage && <button type="button" className="plain link" onClick={() => void asked.fetchNextPage()}>{_("Show earlier ones")}</button>}
            </>
          );
        }}
      </Ask>
    </div>
  ); // prettier-ignore
};
