import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may } from "../../kit/boot.ts";
import { offers } from "../../kit/client.ts";
import { shortDay } from "../../customers/days.ts";
import { segments, useSegmentsLive } from "./told.ts";

/** The segments a contact is in, on their page. */
export const InSegments = ({ id }: { id: string }) => {
  const { _ } = useLingui();
  useSegmentsLive();
  const asked = useQuery({
    queryKey: ["segments", "of", id],
    queryFn: () => segments().of({ id }),
    enabled: offers("segments.of") && may("segments.read"),
  });
  if (!asked.data || asked.data.items.length === 0) return null;
  return (
    <section aria-label={_("Segments")}>
      <h3 className="part-title">{_("Segments")}</h3>
      <ul>
        {asked.data.items.map((one) => (
          <li key={one.id}>
            <Link className="side-line line" to="/segments/$id" params={{ id: one.id }}>
              <bdi className="fill clip">{one.name}</bdi>
              <span className="quiet small number">
                {_("since {when}", { when: shortDay(String(one.entered_at)) })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};
