import { useState } from "react";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ClientOf } from "#kernel/endpoint";
import type { KeysApi } from "#platform/auth";
import { client } from "../../kit/client.ts";
import { Failed } from "../../sign-in/Failed.tsx";
import { useDoorForm } from "../../sign-in/useDoorForm.ts";
import { Ask } from "../Ask.tsx";
import { useRoles } from "../people/useRoles.ts";
import { Secret } from "../Secret.tsx";
import { Settings } from "../Settings.tsx";
import { KeyRow } from "./KeyRow.tsx";
import { expiryOf, lifetimes } from "./expiry.ts";

type Made = Awaited<ReturnType<ClientOf<KeysApi>["create"]>>;

const MakeKey = ({ onMade }: { onMade: (made: Made) => void }) => {
  const { _ } = useLingui();
  const { choices } = useRoles();
  const first = { name: "", role: "agent", lasts: "365" };
  const { field, failed, busy, form, values } = useDoorForm(first, async (told) => {
    const { name, role } = told;
    onMade(await client<KeysApi>("keys").create({ name, role, expires_at: expiryOf(told.lasts, new Date()) }));
  });
  return (
    <form {...form} className="stack" noValidate aria-label={_("New API key")}>
      <Failed words={failed} />
      <div className="two">
        <TextInput {...field("name")} label={_("What it is for")} placeholder={_("Web shop")} maxLength={80} autoComplete="off" />
        <NativeSelect {...field("role")} label={_("Works as")} description={_("With a role of your own it sees what you own, your teams' and so on.")} data={choices.filter((role) => role.value !== "owner")} />
        <NativeSelect {...field("lasts")} label={_("Works for")} data={lifetimes.map((one) => ({ value: one.days, label: _(one.label) }))} />
      </div>
      <div>
        <Button type="submit" loading={busy} disabled={values.name.trim() === ""}>{_("Make a key")}</Button>
      </div>
    </form>
  ); // prettier-ignore
};

/** API keys: made, shown once, seen in use, ended. */
export const KeysPage = () => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [made, setMade] = useState<Made>();
  const keys = useQuery({ queryKey: ["api-keys"], queryFn: () => client<KeysApi>("keys").list({ limit: 200 }) });
  const onMade = (fresh: Made): void => {
    setMade(fresh);
    void cache.invalidateQueries({ queryKey: ["api-keys"] });
  };
  const lead = (
    <>
      {_("A key lets a program of yours do what its role may do.")}{" "}
      <a className="link" style={{ display: "block" }} href="/api/v1/openapi.json" target="_blank" rel="noreferrer">
        {_("What a program can ask (OpenAPI)")}
      </a>
    </>
  );
  return (
    <Settings title={_("API keys")} lead={lead} wide>
      <MakeKey key={made?.id ?? "first"} onMade={onMade} />
      {made && (
        <div className="note" role="status" style={{ marginBlockStart: 16 }}>
          <p>{_("The key of {name}. Copy it now: it is shown this once and kept nowhere.", { name: made.name })}</p>
          <Secret text={made.key} label={_("API key")} />
        </div>
      )}
      <section className="settings-part" aria-labelledby="keys">
        <h2 className="h" id="keys">
          {_("Keys in use")}
        </h2>
        <Ask asked={keys}>
          {(found) =>
            found.items.length === 0 ? (
              <p className="quiet">{_("No program has a key.")}</p>
            ) : (
              <ul className="rows">
                {found.items.map((key) => (
                  <KeyRow key={key.id} apiKey={key} onRevoked={() => made?.id === key.id && setMade(undefined)} />
                ))}
              </ul>
            )
          }
        </Ask>
      </section>
    </Settings>
  );
};
