import { useLingui } from "@lingui/react";
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { may, objectOf } from "../../../kit/boot.ts";
import { shortDay } from "../../../customers/days.ts";
import { recordsOf } from "../../../records/record.ts";
import { textOfValue } from "../../../kit/text.ts";

/** What somebody should still do about the deal. */
export const DealTasks = ({ id }: { id: string }) => {
  const { _ } = useLingui();
  const asked = useQuery({
    queryKey: ["tasks", "about", id],
    queryFn: ({ signal }) =>
      recordsOf("tasks").list(
        { filter: { all: [{ field: "about_id", op: "is", value: id }, { field: "status", op: "is", value: "open" }] }, sort: "due_at", limit: 20 },
        signal,
      ),
    enabled: objectOf("tasks") !== undefined && may("tasks.read"),
  }); // prettier-ignore
  if (!asked.data || asked.data.items.length === 0) return null;
  return (
    <section aria-labelledby="deal-tasks">
      <h2 className="part-title" id="deal-tasks">{_("To do")}</h2>
      <ul>
        {asked.data.items.map((task) => (
          <li key={task.id}>
            <Link className="side-line line" to="/tasks">
              <bdi className="fill clip">{textOfValue(task["title"])}</bdi>
              {typeof task["due_at"] === "string" && <span className="quiet small number">{shortDay(task["due_at"])}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ); // prettier-ignore
};
