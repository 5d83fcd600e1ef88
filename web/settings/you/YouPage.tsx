import { useLingui } from "@lingui/react";
import { useBoot } from "../../kit/boot.ts";
import { Settings } from "../Settings.tsx";
import { Password } from "./Password.tsx";
import { Sessions } from "./Sessions.tsx";

/** One's own password and sessions. */
export const YouPage = () => {
  const { _ } = useLingui();
  const { me } = useBoot();
  return (
    <Settings title={_("Password and sessions")} lead={<bdi>{`${me?.name ?? ""}, ${me?.email ?? ""}`}</bdi>}>
      <Password />
      <Sessions />
    </Settings>
  );
};
