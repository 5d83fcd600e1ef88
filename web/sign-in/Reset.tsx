import { Button, PasswordInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { client } from "../kit/client.ts";
import { loadBoot } from "../kit/boot.ts";
import { tell } from "../kit/notes.ts";
import type { SessionApi } from "#platform/auth";
import { Door } from "./Door.tsx";
import { Failed } from "./Failed.tsx";
import { useDoorForm } from "./useDoorForm.ts";

/** Sets a new password with the token of the mailed link. */
export const Reset = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const { token } = useSearch({ strict: false }) as { token?: string };
  const { field, failed, busy, form } = useDoorForm({ password: "" }, async ({ password }) => {
    await client<SessionApi>("session").reset({ token: token ?? "", password });
    tell(_("Your new password is set"));
    await loadBoot();
    await navigate({ to: "/sign-in" });
  });
  if (!token)
    return (
      <Door title={_("This link is not whole")} lead={_("Open the link of the mail again, or ask for a new one.")}>
        <p className="door-after">
          <Link to="/forgot" className="link">
            {_("Ask for a new link")}
          </Link>
        </p>
      </Door>
    );
  return (
    <Door title={_("Choose a new password")}>
      <form {...form} className="stack">
        <Failed words={failed} />
        <PasswordInput
          {...field("password")}
          label={_("New password")}
          description={_("At least 10 characters")}
          autoComplete="new-password"
          minLength={10}
          maxLength={200}
          autoFocus
          visibilityToggleButtonProps={{ "aria-label": _("Show the password") }}
        />
        <Button type="submit" loading={busy} fullWidth>
          {_("Set the password")}
        </Button>
      </form>
    </Door>
  );
};
