import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { client } from "../kit/client.ts";
import { loadBoot } from "../kit/boot.ts";
import type { SessionApi } from "#platform/auth";
import { Door } from "./Door.tsx";
import { Failed } from "./Failed.tsx";
import { useDoorForm } from "./useDoorForm.ts";

/** Takes a new colleague in by the token of their invitation. */
export const Invitation = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const { token } = useSearch({ strict: false }) as { token?: string };
  const { field, failed, busy, form } = useDoorForm({ name: "", password: "" }, async (values) => {
    await client<SessionApi>("session").acceptInvitation({ token: token ?? "", ...values });
    const { state } = await loadBoot();
    await navigate({ to: state === "signed-in" ? "/" : "/sign-in" });
  });
  if (!token)
    return (
      <Door
        title={_("This link is not whole")}
        lead={_("Open the link of the invitation again, or ask whoever invited you for a new one.")}
      >
        <p className="door-after">
          <Link to="/sign-in" className="link">
            {_("Sign in")}
          </Link>
        </p>
      </Door>
    );
  return (
    <Door title={_("Welcome to the team")} lead={_("Say who you are and choose a password.")}>
      <form {...form} className="stack">
        <Failed words={failed} />
        <TextInput {...field("name")} label={_("Your name")} autoComplete="name" autoFocus maxLength={200} />
        <PasswordInput
          {...field("password")}
          label={_("Password")}
          description={_("At least 10 characters")}
          autoComplete="new-password"
          minLength={10}
          maxLength={200}
          visibilityToggleButtonProps={{ "aria-label": _("Show the password") }}
        />
        <Button type="submit" loading={busy} fullWidth>
          {_("Join")}
        </Button>
      </form>
    </Door>
  );
};
