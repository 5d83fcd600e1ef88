import { ActionIcon, Button, Menu } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Icon } from "../kit/Icon.tsx";

export interface ActsProps {
  onEdit: (() => void) | undefined;
  onMove: (() => void) | undefined;
  onTrash: (() => void) | undefined;
  /** The address of the contact as a vCard. */
  card?: string | undefined;
}

/** What can be done with a customer; only what this person may do is drawn. */
export const Acts = ({ onEdit, onMove, onTrash, card }: ActsProps) => {
  const { _ } = useLingui();
  return (
    <>
      {onEdit && <Button variant="default" onClick={onEdit}>{_("Edit")}</Button>}
      {(onMove ?? onTrash ?? card) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={_("More")} variant="default">
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {onMove && <Menu.Item leftSection={<Icon name="right" size={14} />} onClick={onMove}>{_("Move by hand…")}</Menu.Item>}
            {card && <Menu.Item component="a" href={card} download leftSection={<Icon name="download" size={14} />}>{_("Download as vCard")}</Menu.Item>}
            {onTrash && <Menu.Item leftSection={<Icon name="trash" size={14} />} onClick={onTrash}>{_("Move to the trash")}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}; // prettier-ignore
