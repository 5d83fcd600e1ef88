import { useState, type FormEvent, type KeyboardEvent, type ReactNode } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { sentenceOf } from "../../../kit/problem.ts";

export interface WriteFormProps {
  verb: string;
  ready: boolean;
  onSubmit: () => Promise<void>;
  onDone: () => void;
  children: ReactNode;
}

/** The frame of what is written in place: one submit at a time, Ctrl or Command Enter sends, Esc leaves, a refusal keeps the words. */
export const WriteForm = ({ verb, ready, onSubmit, onDone, children }: WriteFormProps) => {
  const { _ } = useLingui();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (busy || !ready) return;
    setBusy(true);
    setFailed("");
    try {
      await onSubmit();
      onDone();
    } catch (thrown) {
      setFailed(sentenceOf(thrown));
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit();
    else if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      onDone();
    }
  };
  return (
    <form className="stack write-form" onSubmit={(event) => void submit(event)} onKeyDown={onKeyDown} noValidate>
      <div role="alert">
        {failed && (
          <p className="note" data-tone="red">
            {failed}
          </p>
        )}
      </div>
      {children}
      <div className="line">
        <Button type="submit" loading={busy} disabled={!ready}>
          {verb}
        </Button>
        <Button variant="default" onClick={onDone}>
          {_("Cancel")}
        </Button>
      </div>
    </form>
  );
};
