import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";

/** A text that is shown once and copied with one click. */
export const Secret = ({ text, label }: { text: string; label: string }) => {
  const { _ } = useLingui();
  const [said, setSaid] = useState("");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(_("Copied"));
    } catch {
      // Without https a browser may refuse the clipboard; the text is selected by one click instead.
      setSaid(_("Select and copy it by hand"));
    }
  };
  return (
    <div className="secret">
      <code aria-label={label} tabIndex={0} style={{ userSelect: "all" }}>
        {text}
      </code>
      <Button variant="default" onClick={() => void copy()}>
        <span role="status">{said || _("Copy")}</span>
      </Button>
    </div>
  );
};
