import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { client } from "../kit/client.ts";
import { loadBoot } from "../kit/boot.ts";
import type { SessionApi } from "#platform/auth";
import { Door } from "./Door.tsx";
import { Failed } from "./Failed.tsx";
import { useDoorForm } from "./useDoorForm.ts";

/** Signs a person in and leads them to what they wanted. */
export const SignIn = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const { to = "/" } = useSearch({ strict: false }) as { to?: string };
  const { field, failed, busy, form } = useDoorForm({ email: "", password: "" }, async (values) => {
    await client<SessionApi>("session").signIn(values);
    await loadBoot();
    await navigate({ href: to });
  });
  return (
    <Door title={_("Sign in")}>
      <form {...form} className="stack">
        <Failed words={failed} />
        <TextInput
          {...field("email")}
          label={_("E-mail")}
          type="email"
          autoComplete="username"
          autoFocus
          maxLength={320}
        />
        <PasswordInput
          {...field("password")}
          label={_("Password")}
          autoComplete="current-password"
          maxLength={200}
          visibilityToggleButtonProps={{ "aria-label": _("Show the password") }}
        />
        <Button type="submit" loading={busy} fullWidth>
          {_("Sign in")}
        </Button>
      </form>
      <p className="door-after">
        <Link to="/forgot" className="link">
          {_("I have forgotten my password")}
        </Link>
      </p>
    </Door>
  );
};
