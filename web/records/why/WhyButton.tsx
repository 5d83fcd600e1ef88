import { lazy, Suspense, useState } from "react";
import { useLingui } from "@lingui/react";
import { Icon } from "../../kit/Icon.tsx";
import type { WhyHereProps } from "./WhyHere.tsx";

const WhyHere = lazy(() => import("./WhyHere.tsx"));

/** Opens, in the look at the side, why this record is in the list. */
export const WhyButton = (props: WhyHereProps) => {
  const { _ } = useLingui();
  const [open, setOpen] = useState(false);
  return (
    <section className="why-here" aria-label={_("Why is it here?")}>
      <button type="button" className="plain link line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="help" size={14} /> {_("Why is it here?")}
      </button>
      {open && (
        <Suspense fallback={null}>
          <WhyHere {...props} />
        </Suspense>
      )}
    </section>
  );
};
