import { Checkbox, SegmentedControl, useMantineColorScheme, type MantineColorScheme } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { setSingleKeys, useSingleKeys } from "../kit/keys.ts";
import { Settings } from "./Settings.tsx";

/** What is chosen for this browser only: light or dark, and the single-letter keys. */
export const BrowserPage = () => {
  const { _ } = useLingui();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Settings title={_("This browser")} lead={_("Kept here, for you alone.")}>
      <section aria-labelledby="theme">
        <h2 className="h" id="theme">
          {_("Light or dark")}
        </h2>
        <SegmentedControl
          mt={8}
          aria-labelledby="theme"
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
          data={[
            { value: "light", label: _("Light") },
            { value: "dark", label: _("Dark") },
            { value: "auto", label: _("As the system") },
          ]}
        />
      </section>
      <section className="settings-part stack" aria-labelledby="keyboard">
        <h2 className="h" id="keyboard">
          {_("Keyboard")}
        </h2>
        <Checkbox
          checked={useSingleKeys()}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
          label={_("Single letters work as keys while I am not typing")}
          description={_("Such as c to create and g o to go to the orders. Switch it off when you dictate or use a screen reader's own letters.")}
        />
        <p className="quiet">
          {_("Press {key} on any screen to see all of its keys.", { key: "?" })}
        </p>
      </section>
    </Settings>
  ); // prettier-ignore
};
