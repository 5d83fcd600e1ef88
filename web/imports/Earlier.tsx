import { ActionIcon } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { bytesWords, count, instant } from "../kit/format.ts";
import { Icon } from "../kit/Icon.tsx";
import { useLive } from "../kit/live.ts";
import { tell } from "../kit/notes.ts";
import { sentenceOf } from "../kit/problem.ts";
import { imports, isOpen, type Import } from "./told.ts";
import { stateWords } from "./words.ts";

const Line = ({ one }: { one: Import }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const { label, tone } = stateWords(one.state);
  const forget = async (): Promise<void> => {
    try {
      await imports.remove(one.id);
      tell(_("{file} is forgotten; what it brought stays", { file: one.file_name }));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    } finally {
      await cache.invalidateQueries({ queryKey: ["imports", "list"] });
    }
  };
  return (
    <li>
      <Link to="/import/$id" params={{ id: one.id }} className="fill earlier-name">
        <strong className="clip">
          <bdi>{one.file_name}</bdi>
        </strong>
        <span className="quiet small number">
          {bytesWords(one.bytes)} · {instant(one.created_at)}
        </span>
      </Link>
      {one.result && (
        <span className="quiet number wide-only">
          {_("{n} new", { n: count(one.result.created) })}
          {one.failed > 0 && ` · ${_("{n} rows not imported", { n: count(one.failed) })}`}
        </span>
      )}
      <span className="chip" data-tone={tone}>
        <span className="dot" />
        {_(label)}
      </span>
      {!isOpen(one) && (
        <ActionIcon aria-label={_("Forget {file}", { file: one.file_name })} title={_("Forget this import; what it brought stays")} onClick={() => void forget()}>
          <Icon name="x" size={14} />
        </ActionIcon>
      )}
    </li>
  ); // prettier-ignore
};

/** The imports so far, newest first. */
export const Earlier = () => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const list = useQuery({ queryKey: ["imports", "list"], queryFn: ({ signal }) => imports.list(signal) });
  useLive("job", (job) => {
    if (job.kind === "import" && !isOpen({ state: job.state as Import["state"] }))
      void cache.invalidateQueries({ queryKey: ["imports", "list"] });
  });
  if (list.isError) return <p role="alert">{sentenceOf(list.error)}</p>;
  if (!list.data || list.data.items.length === 0) return null;
  return (
    <section aria-labelledby="earlier">
      <h2 className="h" id="earlier">
        {_("Imports so far")}
      </h2>
      <ul className="earlier">
        {list.data.items.map((one) => (
          <Line key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
};
