const acts: Readonly<Record<string, string>> = {
  "workspace.created": "The company was set up",
  "workspace.updated": "Settings of the company changed",
  "person.joined": "Somebody joined",
  "person.role-changed": "A role changed",
  "person.removed": "Somebody was removed",
  "invitation.sent": "An invitation was sent",
  "invitation.revoked": "An invitation was taken back",
  "key.created": "An API key was made",
  "key.revoked": "An API key was ended",
  "password.changed": "A password was changed",
  "password.reset": "A password was set anew by mail",
};

/** What was done, in words; the act's own name for one that a later server knows. */
export const actWords = (act: string): string => acts[act] ?? act;

const said = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "—";

// Ids say nothing to a person.
const isId = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value);

/** What an act was about: "currency: EUR → GBP", "name: Web shop · role: agent". */
export const detailOf = (detail: Readonly<Record<string, unknown>>): string =>
  Object.entries(detail)
    .filter(([, value]) => !isId(value))
    .map(([name, value]) => {
      const label = name.replaceAll("_", " ");
      const [before, now] = Array.isArray(value) ? value : [];
      return Array.isArray(value) && value.length === 2
        ? `${label}: ${said(before)} → ${said(now)}`
        : `${label}: ${said(value)}`;
    })
    .join(" · ");
