import { lazy, Suspense } from "react";
import { boot } from "../kit/boot.ts";
import { RecordForm } from "../kit/form/RecordForm.tsx";
import type { Asked, Making } from "../kit/making.ts";

type Dialog = { onClose: () => void };
const dialogs: Readonly<Record<Asked, ReturnType<typeof lazy<(props: Dialog) => React.ReactNode>>>> = {
  leads: lazy(async () => ({ default: (await import("../cycle/convert/leads/NewLead.tsx")).NewLead as (props: Dialog) => React.ReactNode })),
  segments: lazy(async () => ({ default: (await import("../cycle/attract/SegmentForm.tsx")).SegmentForm as (props: Dialog) => React.ReactNode })),
  campaigns: lazy(async () => ({ default: (await import("../cycle/attract/campaigns/NewCampaign.tsx")).NewCampaign })),
  themes: lazy(async () => ({ default: (await import("../cycle/learn/themes/ThemeForm.tsx")).ThemeForm as (props: Dialog) => React.ReactNode })),
  onboardings: lazy(async () => ({ default: (await import("../cycle/engage/onboarding/StartDialog.tsx")).StartDialog })),
}; // prettier-ignore

/** The form or dialog in which a new record of any object is made, over whatever screen the person is on. */
const Create = ({ making, onClose }: { making: Exclude<Making, { how: "page" }>; onClose: () => void }) => {
  if (making.how === "drawer") {
    // A task that nobody owns is on nobody's day.
    const given = making.object.name === "task" ? { owner_id: boot().me?.id } : {};
    return <RecordForm object={making.object} given={given} onClose={onClose} />;
  }
  const Asking = dialogs[making.of];
  return (
    <Suspense fallback={null}>
      <Asking onClose={onClose} />
    </Suspense>
  );
};
export default Create;
