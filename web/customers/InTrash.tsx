import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useQueryClient } from "@tanstack/react-query";
import { may, type DescribedObject } from "../kit/boot.ts";
import { tell } from "../kit/notes.ts";
import { sentenceOf } from "../kit/problem.ts";
import { recordsOf, titleOf, type Rec } from "../records/record.ts";
import type { Plural } from "./told.ts";

/** Says that a customer lies in the trash, and takes it out again. */
export const InTrash = ({ plural, object, record }: { plural: Plural; object: DescribedObject; record: Rec }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const restore = (): Promise<unknown> =>
    recordsOf(plural).restore(record.id).then(
      () => cache.invalidateQueries({ queryKey: [plural] }),
      (thrown: unknown) => tell(sentenceOf(thrown), { tone: "bad" }),
    ); // prettier-ignore
  return (
    <div className="in-trash line" role="status">
      <span className="fill">{_("{name} is in the trash: kept with its history, but not counted and not listed.", { name: titleOf(object, record) })}</span>
      {may(`${plural}.delete`) && <Button variant="default" onClick={() => void restore()}>{_("Restore")}</Button>}
    </div>
  ); // prettier-ignore
};
