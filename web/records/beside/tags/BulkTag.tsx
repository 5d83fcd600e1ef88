import { useState } from "react";
import { Button, Checkbox, Popover } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { may, type DescribedObject } from "../../../kit/boot.ts";
import { offers } from "../../../kit/client.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import type { Whom } from "../../bulk/told.ts";
import { AddTag } from "./AddTag.tsx";
import { tags, useTagsAgain } from "./told.ts";

/** The most records that are tagged at once; more, or all that a view shows, by a job. */
const atOnce = 500;

interface Props {
  object: DescribedObject;
  whom: Whom;
  onDone: () => void;
}

const useTagging = ({ object, whom, onDone }: Props, away: boolean) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const tagsAgain = useTagsAgain();
  const again = () => Promise.all([tagsAgain(), cache.invalidateQueries({ queryKey: [object.plural] })]);
  const words = (n: number, tag: string): string => away ? _("{tag} taken off {n, plural, one {# record} other {# records}}", { n, tag }) : _("{n, plural, one {# record} other {# records}} tagged {tag}", { n, tag });
  const few = async (name: string, ids: readonly string[]): Promise<void> => {
    const about = { object: object.name, name };
    const { ids: tagged } = await tags().tagMany({ ...about, ids: [...ids], away });
    onDone();
    if (tagged.length === 0) return void tell(away ? _("None of them has this tag") : _("They all have this tag already"));
    done(words(tagged.length, name), () => tags().tagMany({ ...about, ids: [...tagged], away: !away }).then(again));
    await again();
  };
  const many = async (name: string): Promise<void> => {
    const [{ startBulk }, { follow }] = await Promise.all([import("../../bulk/told.ts"), import("../../bulk/follow.ts")]);
    const { job_id } = await startBulk(object.name, { kind: "tag", name, away }, whom);
    onDone();
    tell(_("Tagging them: see Activity"));
    void follow(job_id, (n) => words(n, name), again);
  };
  return async (name: string): Promise<void> => {
    try {
      await ("ids" in whom && whom.ids.length <= atOnce ? few(name, whom.ids) : many(name));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
}; // prettier-ignore

/** Puts a tag on the selected records or on all that the view shows, or takes it off them; with undo. */
const BulkTag = (props: Props) => {
  const { object } = props;
  const { _ } = useLingui();
  const [away, setAway] = useState(false);
  const put = useTagging(props, away);
  if (!offers("tags.tagMany") || !may(`${object.plural}.update`) || object.page === false) return null;
  return (
    <Popover width={240} trapFocus position="bottom-start">
      <Popover.Target>
        <Button variant="default">{_("Tag…")}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="stack">
          <AddTag known={[]} onAdd={(name) => void put(name)} />
          <Checkbox label={_("Take it off instead")} checked={away} onChange={(event) => setAway(event.currentTarget.checked)} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}; // prettier-ignore
export default BulkTag;
