import { ActionIcon, Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { loadBoot, may } from "../../kit/boot.ts";
import { Icon } from "../../kit/Icon.tsx";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { customFields, fieldsKey, typeWords, type Told } from "./fields.ts";
import type { Order } from "./order.ts";

const useRetire = () => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const again = async (): Promise<void> => {
    await Promise.all([cache.invalidateQueries({ queryKey: fieldsKey }), loadBoot()]);
  };
  return async ({ id, label: name, retired_at }: Told): Promise<void> => {
    const [act, back] = retired_at ? [customFields().restore, customFields().retire] : [customFields().retire, customFields().restore];
    try {
      await act({ id });
      await again();
      done(retired_at ? _("{name} is back with its values", { name }) : _("{name} retired; its values are kept", { name }), () => back({ id }).then(again));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
}; // prettier-ignore

/** One field in the list: what it is, how far its index is, where it stands. */
export const FieldRow = ({ field, order, onEdit }: { field: Told; order: Order; onEdit: () => void }) => {
  const { _ } = useLingui();
  const retire = useRetire();
  const name = field.label;
  const manages = may("fields.manage");
  return (
    <li {...(manages ? order.drag : {})} data-over={order.over || undefined}>
      <span className="fill">
        <strong><bdi>{name}</bdi></strong> {field.retired_at && <span className="chip">{_("Retired")}</span>}
        <span className="quiet small field-about">
          {[_(typeWords[field.type]), field.required ? _("required") : "", field.uniqueness === "off" ? "" : _("each value once"), field.fast === "ready" ? _("fast") : "", `custom.${field.key}`].filter(Boolean).join(" · ")}
        </span>
        {(field.fast === "building" || field.uniqueness === "building") && !field.retired_at && <span className="small field-about" role="status">{_("Its index is being built in the background.")}</span>}
        {field.uniqueness === "failed" && <span className="note small" data-tone="red" role="alert">{_("Values are not held to stand once: {why}", { why: field.failure ?? "" })}</span>}
        {field.formula && <code className="field-about small" dir="ltr">{field.formula}</code>}
        {field.help && <span className="quiet small field-about"><bdi>{field.help}</bdi></span>}
      </span>
      {manages && (
        <span className="line">
          <ActionIcon variant="subtle" disabled={!order.up} aria-label={_("Move {name} up", { name })} onClick={order.up}><Icon name="sortAsc" size={14} /></ActionIcon>
          <ActionIcon variant="subtle" disabled={!order.down} aria-label={_("Move {name} down", { name })} onClick={order.down}><Icon name="sortDesc" size={14} /></ActionIcon>
          {!field.retired_at && <Button variant="default" aria-label={_("Edit {name}", { name })} onClick={onEdit}>{_("Edit")}</Button>}
          <Button variant="default" aria-label={field.retired_at ? _("Restore {name}", { name }) : _("Retire {name}", { name })} onClick={() => void retire(field)}>{field.retired_at ? _("Restore") : _("Retire")}</Button>
        </span>
      )}
    </li>
  );
}; // prettier-ignore
