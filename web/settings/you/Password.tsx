import { useState } from "react";
import { Button, PasswordInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import type { SessionApi } from "#platform/auth";
import { boot } from "../../kit/boot.ts";
import { client } from "../../kit/client.ts";
import { tell } from "../../kit/notes.ts";
import { Failed } from "../../sign-in/Failed.tsx";
import { useDoorForm } from "../../sign-in/useDoorForm.ts";

const PasswordForm = ({ onChanged }: { onChanged: () => void }) => {
  const { _ } = useLingui();
  const { field, failed, busy, form, values } = useDoorForm({ current: "", password: "" }, async (told) => {
    await client<SessionApi>("session").changePassword(told);
    onChanged();
  });
  const eye = { visibilityToggleButtonProps: { "aria-label": _("Show the password") } };
  return (
      <form {...form} className="stack" noValidate>
        <Failed words={failed} />
        <input type="text" autoComplete="username" value={boot().me?.email ?? ""} readOnly hidden aria-hidden />
        <PasswordInput {...field("current")} {...eye} label={_("Current password")} autoComplete="current-password" maxLength={200} />
        <PasswordInput
          {...field("password")}
          {...eye}
          label={_("New password")}
          description={_("At least 10 characters")}
          autoComplete="new-password"
          maxLength={200}
        />
        <div>
          <Button type="submit" loading={busy} disabled={values.current === "" || values.password === ""}>
            {_("Change the password")}
          </Button>
        </div>
      </form>
  ); // prettier-ignore
};

/** Changes one's own password; all other sessions end. */
export const Password = () => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [round, setRound] = useState(0);
  const changed = (): void => {
    setRound(round + 1); // an empty form again
    void cache.invalidateQueries({ queryKey: ["sessions"] });
    tell(_("Your password is changed; you are signed out everywhere else"));
  };
  return (
    <section aria-labelledby="password">
      <h2 className="h" id="password">
        {_("Password")}
      </h2>
      <PasswordForm key={round} onChanged={changed} />
    </section>
  );
};
