import { useRef, useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { Icon } from "../../../kit/Icon.tsx";
import type { Here } from "../../../kit/here.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { FileLine } from "./FileLine.tsx";
import { Lightbox } from "./Lightbox.tsx";
import { addFiles, dismissUnderway, useUnderway } from "./sending.ts";
import { isPaper, isPicture, useFiles } from "./told.ts";
import { mayAdd } from "./useCatching.ts";

const OnTheWay = ({ here }: { here: Here }) => {
  const { _ } = useLingui();
  return useUnderway(here.record_id).map((one) => (
    <div key={one.id} className="file-underway" role={one.failed ? "alert" : undefined}>
      <p className="line">
        <bdi className="fill clip">{one.name}</bdi>
        <button type="button" className="plain link small" onClick={() => one.failed ? dismissUnderway(one.id) : one.cancel()}>
          {one.failed ? _("Dismiss") : _("Cancel")}
        </button>
      </p>
      {one.failed ? (
        <p className="small file-failed">{one.failed}</p>
      ) : (
        <div className="tray-bar" role="progressbar" aria-label={_("Sending {file}", { file: one.name })} aria-valuenow={Math.round(one.share * 100)} aria-valuemin={0} aria-valuemax={100}>
          <i style={{ inlineSize: `${Math.round(one.share * 100)}%` }} />
        </div>
      )}
    </div>
  )); // prettier-ignore
};

/** The files of a record: drop, choose or paste to add, click to look, each with undo. */
export const FilesPart = ({ here }: { here: Here }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const asked = useFiles(here);
  const input = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState<string>();
  const adds = mayAdd(here);
  return (
    <div className="stack">
      {adds && (
        <div className="file-drop">
          <Icon name="upload" size={18} />
          <p className="small quiet">{_("Drop files anywhere on this page, paste a picture, or")}</p>
          <Button variant="default" onClick={() => input.current?.click()}>{_("Choose files")}</Button>
          <input ref={input} type="file" multiple hidden aria-label={_("Files to add")} onChange={(event) => {
            addFiles(cache, here, [...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = ""; // the same file again is a new choice
          }} />
        </div>
      )}
      <OnTheWay here={here} />
      <Ask asked={asked}>
        {({ items }) => {
          const lookable = items.filter((file) => isPicture(file) || isPaper(file));
          return (
            <>
              {items.length === 0 && <p className="quiet">{_("No files yet. What belongs to this record is kept here, for everybody who sees the record.")}</p>}
              <ul className="file-list">
                {items.map((file) => <FileLine key={file.id} here={here} file={file} adds={adds} onLook={lookable.includes(file) ? () => setShown(file.id) : undefined} />)}
              </ul>
              {shown && <Lightbox files={lookable} shown={shown} onShow={setShown} onClose={() => setShown(undefined)} />}
            </>
          );
        }}
      </Ask>
    </div>
  ); // prettier-ignore
};
