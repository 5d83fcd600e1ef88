import { useState } from "react";
import { Button, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { client } from "../kit/client.ts";
import type { SessionApi } from "#platform/auth";
import { Door } from "./Door.tsx";
import { Failed } from "./Failed.tsx";
import { useDoorForm } from "./useDoorForm.ts";

/** Sends a link for a new password; says the same whether the address is known or not. */
export const Forgot = () => {
  const { _ } = useLingui();
  const [sentTo, setSentTo] = useState("");
  const { field, failed, busy, form } = useDoorForm({ email: "" }, async ({ email }) => {
    await client<SessionApi>("session").forgot({ email });
    setSentTo(email);
  });
  const back = (
    <p className="door-after">
      <Link to="/sign-in" className="link">
        {_("Back to sign in")}
      </Link>
    </p>
  );
  if (sentTo)
    return (
      <Door
        title={_("Look into your mail")}
        lead={_(
          "If {email} belongs to somebody here, a link for a new password is on its way. It works for one hour.",
          { email: sentTo },
        )}
      >
        {back}
      </Door>
    );
  return (
    <Door title={_("A new password")} lead={_("We send you a link.")}>
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
        <Button type="submit" loading={busy} fullWidth>
          {_("Send the link")}
        </Button>
      </form>
      {back}
    </Door>
  );
};
