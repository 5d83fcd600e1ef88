import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { calendarApi } from "#platform/calendar";
import { client } from "../../kit/client.ts";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { HoursForm } from "./HoursForm.tsx";
import "./support.css";

/** When the company is open: what the clocks of cases and other due dates count. */
export const BusinessHoursPage = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["calendar"], queryFn: () => client<typeof calendarApi>("calendar").get({}) });
  const lead = _(
    "Clocks count these hours only. What is changed here holds for what begins from now on; clocks that run keep theirs.",
  );
  return (
    <Settings title={_("Business hours")} lead={lead} wide>
      <Ask asked={asked}>{(hours) => <HoursForm hours={hours} />}</Ask>
    </Settings>
  );
};
