import { Button, CopyButton } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { instant } from "../../../kit/format.ts";
import type { Quote, Version } from "./told.ts";

const Line = ({ version, now }: { version: Version; now: boolean }) => {
  const { _ } = useLingui();
  const how = version.sent_to ? _("mailed to {address}", { address: version.sent_to }) : _("handed over as a link");
  return (
    <li>
      <span className="fill">
        {_("Version {n}", { n: version.revision })} · {instant(version.sent_at)} · {version.sent_by}, {how}
        <span className="quiet small"> {version.opened_at ? _("opened {when}", { when: instant(version.opened_at) }) : _("not opened yet")}</span>
      </span>
      {now && <a className="link" href={version.url} target="_blank" rel="noreferrer">{_("Their page")}</a>}
      {now && (
        <CopyButton value={version.url}>
          {({ copied, copy }) => <Button size="compact-sm" variant="default" onClick={copy}>{copied ? _("Copied") : _("Copy the link")}</Button>}
        </CopyButton>
      )}
    </li>
  ); // prettier-ignore
};

/** What the customer was shown and when; the newest has the link that works. */
export const Versions = ({ quote }: { quote: Quote }) => {
  const { _ } = useLingui();
  if (quote.versions.length === 0) return <p className="quiet">{_("Not sent yet.")}</p>;
  return (
    <ul className="quote-versions">
      {quote.versions.map((version) => (
        <Line key={version.id} version={version} now={version.id === quote.shown_version_id} />
      ))}
    </ul>
  );
};

/** Who accepted what, when and from where. */
export const Evidence = ({ quote }: { quote: Quote }) => {
  const { _ } = useLingui();
  const kept = quote.acceptance;
  if (!kept) return null;
  const told: (readonly [string, string | undefined])[] = [
    [_("Accepted by"), kept.by], [_("On"), instant(kept.at)], [_("How"), kept.via === "page" ? _("on the quote's page") : kept.note],
    [_("Network address"), kept.ip], [_("Browser"), kept.user_agent], [_("Fingerprint of what was accepted (SHA-256)"), kept.hash],
  ]; // prettier-ignore
  return (
    <section aria-labelledby="evidence">
      <h2 className="h" id="evidence">{_("Evidence")}</h2>
      <dl className="facts">
        {told.map(([label, value]) => value && <div key={label}><dt>{label}</dt><dd className="quote-hash">{value}</dd></div>)}
      </dl>
    </section>
  ); // prettier-ignore
};
