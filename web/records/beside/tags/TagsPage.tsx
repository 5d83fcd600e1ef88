import { useState } from "react";
import { ActionIcon, Menu, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useDebouncedValue } from "@mantine/hooks";
import { count } from "../../../kit/format.ts";
import { Icon } from "../../../kit/Icon.tsx";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Settings } from "../../../settings/Settings.tsx";
import { tags, useTagsAgain, useTagsNamed, type Tag } from "./told.ts";
import "../beside.css";

type Used = Tag & { uses: number };
const tones = ["gray", "blue", "indigo", "amber", "green", "teal", "violet", "pink", "red"] as const;
const shownAtMost = 200;

const useTagActs = () => {
  const { _ } = useLingui();
  const again = useTagsAgain();
  const act = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
    await again();
  };
  const change = (tag: Used, to: { name?: string; tone?: (typeof tones)[number] }) =>
    act(async () => {
      const { version } = await tags().change({ id: tag.id, version: tag.version, ...to });
      const back = { ...(to.name ? { name: tag.name } : {}), ...(to.tone ? { tone: tag.tone as (typeof tones)[number] } : {}) }; // prettier-ignore
      done(_("{tag} changed", { tag: tag.name }), () =>
        tags()
          .change({ id: tag.id, version, ...back })
          .then(again),
      );
    });
  const restore = (tag: Used) => () => tags().restore({ id: tag.id }).then(again);
  return {
    change,
    merge: (tag: Used, into: Used) =>
      act(async () => {
        await tags().merge({ id: tag.id, into: into.id });
        done(_("{tag} merged into {other}", { tag: tag.name, other: into.name }), restore(tag));
      }),
    remove: (tag: Used) =>
      act(async () => {
        await tags().remove({ id: tag.id });
        done(_("{tag} deleted", { tag: tag.name }), restore(tag));
      }),
  };
};

const Line = ({ tag, all, acts }: { tag: Used; all: readonly Used[]; acts: ReturnType<typeof useTagActs> }) => {
  const { _ } = useLingui();
  const [name, setName] = useState<string>();
  const keep = (): void => {
    if (name !== undefined && name.trim() !== "" && name.trim() !== tag.name)
      void acts.change(tag, { name: name.trim() });
    setName(undefined);
  };
  const others = all.filter((other) => other.id !== tag.id).slice(0, 20);
  return (
    <li className="line tag-row" data-tone={tag.tone}>
      <Menu width={140}>
        <Menu.Target><ActionIcon aria-label={_("Colour of {tag}", { tag: tag.name })}><span className="dot" /></ActionIcon></Menu.Target>
        <Menu.Dropdown>
          {tones.map((tone) => <Menu.Item key={tone} onClick={() => void acts.change(tag, { tone })} leftSection={<span data-tone={tone}><span className="dot" /></span>}>{_(tone)}</Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
      {name === undefined ? (
        <button type="button" className="plain fill clip" onClick={() => setName(tag.name)} title={_("Rename")}><bdi>{tag.name}</bdi></button>
      ) : (
        <TextInput className="fill" autoFocus aria-label={_("Name of the tag")} maxLength={60} value={name} onChange={(event) => setName(event.currentTarget.value)} onBlur={keep}
          onKeyDown={(event) => event.key === "Enter" ? keep() : event.key === "Escape" && (event.preventDefault(), setName(undefined))} />
      )}
      <span className="quiet small number">{tag.uses >= 1000 ? "1,000+" : count(tag.uses)}</span>
      <Menu width={220} position="bottom-end">
        <Menu.Target><ActionIcon aria-label={_("Do something with {tag}", { tag: tag.name })}><Icon name="more" /></ActionIcon></Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflow: "auto" }}>
          <Menu.Item leftSection={<Icon name="trash" size={14} />} onClick={() => void acts.remove(tag)}>{_("Delete")}</Menu.Item>
          {others.length > 0 && <Menu.Label>{_("Merge into")}</Menu.Label>}
          {others.map((other) => <Menu.Item key={other.id} onClick={() => void acts.merge(tag, other)}><bdi>{other.name}</bdi></Menu.Item>)}
        </Menu.Dropdown>
      </Menu>
    </li>
  ); // prettier-ignore
};

/** All tags of the company: rename, colour, merge, delete, each with undo. */
export const TagsPage = () => {
  const { _ } = useLingui();
  const [q, setQ] = useState("");
  const [asked] = useDebouncedValue(q.trim(), 120);
  const found = useTagsNamed(asked, shownAtMost);
  const acts = useTagActs();
  return (
    <Settings title={_("Tags")} lead={_("The words people put on records. Two that mean the same are merged, and everything keeps its tag.")}>
      <TextInput aria-label={_("Find a tag")} placeholder={_("Find a tag")} value={q} onChange={(event) => setQ(event.currentTarget.value)} />
      <Ask asked={found}>
        {({ items }) => (
          <>
            {items.length === 0 && <p className="empty">{asked ? _("No tag has these letters.") : _("No tags yet. They are made where they are put: on any record, under Tags.")}</p>}
            <ul>{items.map((tag) => <Line key={tag.id} tag={tag} all={items} acts={acts} />)}</ul>
            {items.length === shownAtMost && <p className="quiet small">{_("More tags than are shown; type a part of the name.")}</p>}
          </>
        )}
      </Ask>
    </Settings>
  ); // prettier-ignore
};
