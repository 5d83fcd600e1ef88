import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { may, objectOf } from "../../../kit/boot.ts";
import { Icon } from "../../../kit/Icon.tsx";
import type { Here } from "../../../kit/here.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { AddTag } from "./AddTag.tsx";
import { tags, useTags, useTagsAgain, withTag, type Tag } from "./told.ts";

const useTagging = ({ object, record_id }: Here) => {
  const { _ } = useLingui();
  const again = useTagsAgain();
  const put = (change: { add?: string[]; remove?: string[] }) => tags().tag({ object, record_id, ...change });
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
    await again();
  };
  return {
    add: (name: string) =>
      act(async () => {
        const { items } = await put({ add: [name] });
        const added = items.find((tag) => tag.name.toLocaleLowerCase() === name.toLocaleLowerCase());
        done(_("Tagged {tag}", { tag: name }), () => put({ remove: added ? [added.id] : [] }).then(again));
      }),
    remove: (tag: Tag) =>
      act(async () => {
        await put({ remove: [tag.id] });
        done(_("{tag} taken off", { tag: tag.name }), () => put({ add: [tag.name] }).then(again));
      }),
  };
};

/** The tags of a record: add by name, take off, open all that have one. */
export const TagsPart = ({ here }: { here: Here }) => {
  const { _ } = useLingui();
  const asked = useTags(here);
  const { add, remove } = useTagging(here);
  const changes = may(`${here.plural}.update`);
  const label = objectOf(here.plural)?.label_plural ?? "";
  return (
    <Ask asked={asked}>
      {({ items }) => (
        <div className="stack">
          {changes && <AddTag known={items} onAdd={(name) => void add(name)} />}
          {items.length === 0 && <p className="quiet">{_("No tags yet. A tag brings records together that no field tells of.")}</p>}
          <ul className="tag-list">
            {items.map((tag) => (
              <li key={tag.id} className="tag" data-tone={tag.tone}>
                <span className="dot" />
                <Link to={`/${here.plural.replaceAll("_", "-")}`} search={{ filter: withTag(tag.id) } as never} title={_("All {objects} with it", { objects: _(label) })}><bdi>{tag.name}</bdi></Link>
                {changes && <button type="button" aria-label={_("Take {tag} off", { tag: tag.name })} onClick={() => void remove(tag)}><Icon name="x" size={12} /></button>}
              </li>
            ))}
          </ul>
          {may("tagging.manage") && <Link to="/settings/tags" className="link small">{_("Rename, merge and colour tags")}</Link>}
        </div>
      )}
    </Ask>
  ); // prettier-ignore
};
