import { useLingui } from "@lingui/react";
import type { Consent, Field } from "./told.ts";

interface PreviewProps {
  title: string;
  intro: string;
  fields: readonly Field[];
  consents: readonly Consent[];
}

const inputs = { text: "text", email: "email", phone: "tel" } as const;

const Asked = ({ field }: { field: Field }) => {
  const { _ } = useLingui();
  const name = <><bdi>{field.label || "…"}</bdi>{!field.required && <span className="quiet small"> ({_("optional")})</span>}</>;
  const help = field.help && <p className="quiet small"><bdi>{field.help}</bdi></p>;
  if (field.type === "checkbox") return <div><label className="line"><input type="checkbox" />{name}</label>{help}</div>;
  if (field.type === "long_text") return <div><label className="stack">{name}<textarea rows={4} /></label>{help}</div>;
  if (field.type === "choice")
    return <div><label className="stack">{name}<select defaultValue=""><option value="" />{(field.choices ?? []).filter(Boolean).map((choice, i) => <option key={i}>{choice}</option>)}</select></label>{help}</div>;
  return <div><label className="stack">{name}<input type={inputs[field.type]} /></label>{help}</div>;
}; // prettier-ignore

/** How the form will look to a visitor; it can be filled in, but not sent. */
export const Preview = ({ title, intro, fields, consents }: PreviewProps) => {
  const { _ } = useLingui();
  return (
    <section className="form-preview" aria-label={_("Preview")}>
      <h2 className="h"><bdi>{title || _("Without a title")}</bdi></h2>
      {intro.split("\n").filter(Boolean).map((line, i) => <p key={i}><bdi>{line}</bdi></p>)}
      {fields.map((field) => <Asked key={field.key} field={field} />)}
      {consents.map((one) => <label key={one.purpose} className="line"><input type="checkbox" /><bdi>{one.wording}</bdi></label>)}
      <span className="form-preview-send">{_("Send")}</span>
    </section>
  );
}; // prettier-ignore
