import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQuery, keepPreviousData } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import type { DescribedObject } from "../../kit/boot.ts";
import { offers } from "../../kit/client.ts";
import { pathOf } from "../../shell/places.ts";
import { duplicatesOf } from "./told.ts";
import "./duplicates.css";

// Letters typed within this time are one question, in milliseconds.
const pause = 250;

interface AlikeProps {
  object: DescribedObject;
  values: Record<string, unknown>;
  /** Takes the one that is there already, where the form was to make one for another. */
  onUse?: ((found: { id: string; title: string }) => void) | undefined;
}

/** Who is there already, while a new record is typed; of one the person may not see, whom to ask. */
const Alike = ({ object, values, onUse }: AlikeProps) => {
  const { _ } = useLingui();
  const [asked] = useDebouncedValue(JSON.stringify(values), pause);
  const { data } = useQuery({
    queryKey: ["alike", object.plural, asked],
    queryFn: ({ signal }) => duplicatesOf(object.plural).likeness(JSON.parse(asked) as Record<string, unknown>, signal),
    enabled: offers(`${object.plural}.likeness`) && asked !== "{}",
    placeholderData: keepPreviousData,
  });
  const found = data?.items ?? [];
  return (
    <div role="status" className="alike-place">
      {found.length > 0 && (
        <ul className="alike stack">
          <li className="small">{_("There already, perhaps:")}</li>
          {found.map((one, i) => (
            <li key={i} className="line small">
              {one.hidden ? (
                <span>
                  {one.owner
                    ? _("One you may not see; ask {owner}", { owner: one.owner })
                    : _("One you may not see; ask an administrator")}
                </span>
              ) : (
                <>
                  <a className="link" href={pathOf(object.name, one.id)} target="_blank" rel="noreferrer">
                    <bdi>{one.title}</bdi>
                  </a>
                  <bdi className="quiet clip">{one.subtitle}</bdi>
                </>
              )}
              <span className="fill" />
              <span className="quiet number">{_("{n} % alike", { n: Math.round(one.score * 100) })}</span>
              {onUse && !one.hidden && (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={_("Take {name}", { name: one.title })}
                  onClick={() => onUse({ id: one.id, title: one.title })}
                >
                  {_("Take")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
export default Alike;
