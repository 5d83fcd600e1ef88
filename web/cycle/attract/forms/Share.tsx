import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { Secret } from "../../../settings/Secret.tsx";
import "../../../settings/settings.css";
import { forms, type Told } from "./told.ts";

/** How visitors come to the form: its address, the code for the company's own page, a plain form, and a QR code for paper. */
export const Share = ({ form }: { form: Told }) => {
  const { _ } = useLingui();
  const qr = useQuery({ queryKey: ["forms", form.id, "qr"], queryFn: () => forms().qr({ id: form.id }), staleTime: Infinity });
  const script = `<script src="${form.url}.js" async></script>`;
  const plain = `<form method="post" action="${form.url}">\n${form.design.fields.map((f) => `  <input name="${f.key}"${f.type === "email" ? ' type="email"' : ""}${f.required ? " required" : ""} placeholder="${f.label.replaceAll('"', "&quot;")}">`).join("\n")}\n  <button>${_("Send")}</button>\n</form>`;
  const image = qr.data && `data:image/svg+xml;utf8,${encodeURIComponent(qr.data.svg)}`;
  return (
    <section className="form-share stack" aria-label={_("Share")}>
      <div><h3 className="part-title">{_("Address")}</h3><Secret text={form.url} label={_("Address")} /><a className="link small form-open" href={form.url} target="_blank" rel="noreferrer">{_("Open the form")}</a></div>
      <div><h3 className="part-title">{_("On your own page")}</h3><Secret text={script} label={_("Script")} /></div>
      <details>
        <summary className="small">{_("Without a script, and on paper")}</summary>
        <Secret text={plain} label={_("Plain form")} />
        {image && <p><img className="form-qr" src={image} alt={_("QR code of the address")} /><br /><a className="link small form-open" href={image} download={`${form.key}.svg`}>{_("Download the QR code")}</a></p>}
      </details>
    </section>
  );
}; // prettier-ignore
