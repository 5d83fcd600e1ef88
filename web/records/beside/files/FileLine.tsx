import { ActionIcon } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { bytesWords, instant } from "../../../kit/format.ts";
import { Icon } from "../../../kit/Icon.tsx";
import type { Here } from "../../../kit/here.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { contentOf, files, isPicture, useFilesAgain, type KeptFile } from "./told.ts";

export interface FileLineProps {
  here: Here;
  file: KeptFile;
  adds: boolean;
  onLook: (() => void) | undefined;
}

const ending = (name: string): string => (/\.([^.]{1,5})$/.exec(name)?.[1] ?? "").toUpperCase();

/** One file: its picture or kind, name, size, who added it; look, keep a copy, take away. */
export const FileLine = ({ here, file, adds, onLook }: FileLineProps) => {
  const { _ } = useLingui();
  const again = useFilesAgain(here);
  const trash = async (): Promise<void> => {
    try {
      await files().trash({ id: file.id });
      done(_("{file} moved to the trash", { file: file.name }), () => files().restore({ id: file.id }).then(again));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
    await again();
  };
  const face = isPicture(file) ? <img src={contentOf(file.id, true)} alt="" loading="lazy" /> : <span aria-hidden>{ending(file.name) || <Icon name="clip" />}</span>; // prettier-ignore
  const name = <bdi className="clip">{file.name}</bdi>;
  return (
    <li className="file-line">
      <span className="file-face">{face}</span>
      <div className="file-words">
        {onLook ? (
          <button type="button" className="plain link clip" onClick={onLook}>{name}</button>
        ) : (
          <a className="link clip" href={contentOf(file.id, false)} download={file.name}>{name}</a>
        )}
        <p className="quiet small clip">
          <span className="number">{bytesWords(file.bytes)}</span> · <bdi>{file.by_name}</bdi> · <time dateTime={file.created_at}>{instant(file.created_at)}</time>
        </p>
      </div>
      <ActionIcon renderRoot={(props) => <a {...props} href={contentOf(file.id, false)} download={file.name} />} aria-label={_("Keep a copy of {file}", { file: file.name })}>
        <Icon name="download" size={14} />
      </ActionIcon>
      {adds && (
        <ActionIcon aria-label={_("Move {file} to the trash", { file: file.name })} onClick={() => void trash()}>
          <Icon name="trash" size={14} />
        </ActionIcon>
      )}
    </li>
  ); // prettier-ignore
};
