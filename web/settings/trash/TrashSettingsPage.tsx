import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { trash } from "../../records/trash.ts";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { TrashForm } from "./TrashForm.tsx";

/** For how long the trash keeps things. */
export const TrashSettingsPage = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["trash-settings"], queryFn: () => trash().get({}) });
  return (
    <Settings title={_("Trash")} lead={_("What is moved to the trash can be taken out again for so many days; then it is deleted for good, by a job that Activity shows.")}>
      <Ask asked={asked}>{(found) => <TrashForm found={found} />}</Ask>
    </Settings>
  );
}; // prettier-ignore
