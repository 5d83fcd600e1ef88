import { useState, type FormEvent, type ReactNode } from "react";
import { Button, Modal } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { isProblem, sentenceOf, type FieldError } from "../../kit/problem.ts";

export interface DialogProps {
  title: string;
  /** The button that does it. */
  verb: string;
  danger?: boolean;
  size?: number;
  disabled?: boolean;
  /** Fields that show their own refusal; what is about others is said above the form. */
  fields: readonly string[];
  /** "held": somebody else changed it meanwhile, and the dialog stays with what is to be decided. */
  onSubmit: () => Promise<void | "saved" | "held">;
  conflict?: ReactNode;
  onClose: () => void;
  children: (errors: Readonly<Record<string, string>>, all: readonly FieldError[]) => ReactNode;
}

/** A question with a few fields: one submit at a time, the server's words at the field, Esc closes. */
export const Dialog = ({
  title,
  verb,
  danger = false,
  size = 440,
  disabled = false,
  fields,
  onSubmit,
  conflict,
  onClose,
  children,
}: DialogProps) => {
  const { _ } = useLingui();
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<readonly FieldError[]>([]);
  const [failed, setFailed] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setTold([]);
    setFailed("");
    try {
      if ((await onSubmit()) !== "held") return onClose();
      setBusy(false);
    } catch (thrown) {
      const all = isProblem(thrown) ? thrown.errors : [];
      const shown = all.some((error) =>
        fields.some((field) => error.field === field || error.field.startsWith(`${field}.`)),
      );
      setTold(all);
      setFailed(shown ? "" : sentenceOf(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} size={size} closeButtonProps={{ "aria-label": _("Close") }}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
        <div role="alert">{failed && <p className="note" data-tone="red">{failed}</p>}</div>
        {conflict}
        {children(Object.fromEntries(told.map((error) => [error.field, error.message])), told)}
        <div className="line">
          <Button type="submit" loading={busy} disabled={disabled} {...(danger ? { color: "red" } : {})}>{verb}</Button>
          <Button variant="default" onClick={onClose}>{_("Close")}</Button>
        </div>
      </form>
    </Modal>
  ); // prettier-ignore
};
