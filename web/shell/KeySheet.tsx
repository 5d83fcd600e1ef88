import { Checkbox, Modal } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { keyCaps, setSingleKeys, useBindings, useSingleKeys } from "../kit/keys.ts";

/** Every key that works on this screen now, and the switch for single letters. */
const KeySheet = ({ onClose }: { onClose: () => void }) => {
  const { _ } = useLingui();
  const groups = Map.groupBy(useBindings(), (binding) => binding.group);
  const single = useSingleKeys();
  return (
    <Modal opened onClose={onClose} title={_("Keys")} closeButtonProps={{ "aria-label": _("Close") }} size={440}>
      <div className="stack">
        {[...groups].map(([group, bindings]) => (
          <section key={group}>
            <h3 className="nav-group" style={{ paddingInline: 0 }}>
              {group}
            </h3>
            <div className="keys-list">
              {bindings.map((binding) => (
                <div key={binding.keys}>
                  <span>{binding.label}</span>
                  <span className="line">
                    {keyCaps(binding.keys).map((cap, i) => (
                      <kbd key={i}>{cap}</kbd>
                    ))}
                  </span>
                </div>
              ))}
            </div>
          </section>
        ))}
        <Checkbox
          checked={single}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
          label={_("Single letters work as keys while I am not typing")}
        />
      </div>
    </Modal>
  );
};
export default KeySheet;
