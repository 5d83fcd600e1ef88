import { Menu, useMantineColorScheme } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { offers } from "../kit/client.ts";
import { Icon } from "../kit/Icon.tsx";
import type { LatePopUp } from "../kit/Late.tsx";
import { signOut } from "./sign-out.ts";

const ThemeItems = () => {
  const { _ } = useLingui();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const schemes = [["light", _("Light"), "light"], ["dark", _("Dark"), "dark"], ["auto", _("As the system"), "auto"]] as const; // prettier-ignore
  return schemes.map(([scheme, label, icon]) => (
    <Menu.Item
      key={scheme}
      leftSection={<Icon name={icon} />}
      rightSection={colorScheme === scheme ? <Icon name="check" size={14} /> : null}
      onClick={() => setColorScheme(scheme)}
    >
      {label}
    </Menu.Item>
  ));
};

/** What a person sets for themselves, and the way out. */
const PersonMenu = ({ onKeys, target, ...open }: { onKeys: () => void } & LatePopUp) => {
  const { _ } = useLingui();
  return (
    <Menu position="top-start" width={204} {...open}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <ThemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="keys" />} onClick={onKeys}>
          {_("Keys")}
        </Menu.Item>
        {offers("session.signOut") && (
          <Menu.Item leftSection={<Icon name="signOut" />} onClick={() => void signOut()}>
            {_("Sign out")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
};

export default PersonMenu;
