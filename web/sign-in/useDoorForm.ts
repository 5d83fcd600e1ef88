import { useRef, useState, type FormEvent } from "react";
import { isProblem, sentenceOf } from "../kit/problem.ts";

/** A short form: its values, one submit at a time, the server's words at the field or above the form; the first wrong field gets the focus. */
export function useDoorForm<V extends Record<string, string>>(first: V, submit: (values: V) => Promise<void>) {
  const [values, setValues] = useState(first);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failed, setFailed] = useState("");
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const field = (name: keyof V & string) => ({
    name,
    value: values[name],
    required: true,
    withAsterisk: false,
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });

  const refuse = (thrown: unknown): void => {
    const told = isProblem(thrown) ? thrown.errors.filter((e) => e.field in values) : [];
    setErrors(Object.fromEntries(told.map((e) => [e.field, e.message])));
    setFailed(told.length > 0 ? "" : sentenceOf(thrown));
    const wrong = told[0] && form.current?.elements.namedItem(told[0].field);
    if (wrong instanceof HTMLElement) wrong.focus();
  };

  const onSubmit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setErrors({});
    setFailed("");
    try {
      await submit(values);
    } catch (thrown) {
      refuse(thrown);
    } finally {
      setBusy(false);
    }
  };
  return {
    field,
    values,
    set: (name: keyof V, value: string) => setValues((before) => ({ ...before, [name]: value })),
    errors,
    failed,
    busy,
    form: { ref: form, onSubmit: (e: FormEvent) => void onSubmit(e) },
  };
}
