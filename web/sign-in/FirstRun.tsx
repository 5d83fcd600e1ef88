import { useState } from "react";
import { Button, NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { client } from "../kit/client.ts";
import { loadBoot, useBoot } from "../kit/boot.ts";
import { currencyName } from "../kit/format.ts";
import type { SessionApi } from "#platform/auth";
import { Door } from "./Door.tsx";
import { Failed } from "./Failed.tsx";
import { useDoorForm } from "./useDoorForm.ts";
import { Ways } from "./Ways.tsx";
import { currencyHere, zoneHere } from "./here.ts";

const otherCurrencies = (): { value: string; label: string }[] =>
  Intl.supportedValuesOf("currency").map((code) => ({
    value: code,
    label: `${code} · ${currencyName(code)}`,
  }));
const zones = (): string[] => [...new Set(["UTC", zoneHere(), ...Intl.supportedValuesOf("timeZone")])].toSorted();

/** The very first screen: the owner, the company, and how it thinks of its cycle; then three ways to begin. */
export const FirstRun = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const { state, lenses = [] } = useBoot();
  const [begun, setBegun] = useState(false);
  const first = {
    company: "",
    name: "",
    email: "",
    password: "",
    currency: currencyHere(),
    time_zone: zoneHere(),
    lens: lenses[0]?.key ?? "",
  };
  const { field, failed, busy, form, values } = useDoorForm(first, async (told) => {
    await client<SessionApi>("session").firstRun(told);
    setBegun(true);
    await loadBoot();
  });
  if (begun) return <Ways company={values.company} onWay={(to) => void navigate({ to })} />;
  if (state !== "first-run")
    return (
      <Door title={_("Rondo is already set up here")}>
        <Button mt={20} onClick={() => void navigate({ to: "/" })}>
          {_("Go on")}
        </Button>
      </Door>
    );
  const lens = lenses.find((l) => l.key === values.lens);
  return (
    <Door
      title={_("Welcome. Who runs this company?")}
      lead={_("One minute, then your customers. Everything can be changed later in the settings.")}
      wide
    >
      <form {...form} className="stack">
        <Failed words={failed} />
        <TextInput {...field("company")} label={_("Company")} autoComplete="organization" autoFocus maxLength={200} />
        <div className="door-two">
          <TextInput {...field("name")} label={_("Your name")} autoComplete="name" maxLength={200} />
          <TextInput
            {...field("email")}
            label={_("Your e-mail")}
            type="email"
            autoComplete="username"
            maxLength={320}
          />
        </div>
        <PasswordInput
          {...field("password")}
          label={_("Password")}
          description={_("At least 10 characters")}
          autoComplete="new-password"
          minLength={10}
          maxLength={200}
          visibilityToggleButtonProps={{ "aria-label": _("Show the password") }}
        />
        <div className="door-two">
          <NativeSelect {...field("currency")} label={_("Currency")} data={otherCurrencies()} />
          <NativeSelect {...field("time_zone")} label={_("Time zone")} data={zones()} />
        </div>
        {lenses.length > 0 && (
          <NativeSelect
            {...field("lens")}
            label={_("How you think of your customer cycle")}
            description={lens?.steps.map((step) => _(step.name)).join(" → ")}
            data={lenses.map((l) => ({ value: l.key, label: _(l.name) }))}
          />
        )}
        <Button type="submit" loading={busy} fullWidth>
          {_("Begin")}
        </Button>
      </form>
    </Door>
  );
};
