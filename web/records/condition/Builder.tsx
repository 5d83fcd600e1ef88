import { useCallback, useState, type FormEvent } from "react";
import { Button, Drawer } from "@mantine/core";
import { useLingui } from "@lingui/react";
import type { Condition } from "#kernel/condition";
import type { DescribedObject } from "../../kit/boot.ts";
import { RelationPicker } from "../../kit/form/RelationPicker.tsx";
import { both } from "../filter/groups.ts";
import { sentence } from "../filter/words.ts";
import WhyHere from "../why/WhyHere.tsx";
import { GroupEditor } from "./ConditionEditor.tsx";
import { asGroup, partsOf, plain } from "./edit.ts";
import { isWhole } from "./fresh.ts";
import { LiveCount } from "./LiveCount.tsx";
import { problemsIn, ProblemsProvider } from "./problems.ts";
import { ConditionSubjectProvider, subjectOf } from "./subject.ts";

export interface BuilderProps {
  object: DescribedObject;
  filter: Condition | undefined;
  /** What must hold as well, for the count. */
  within?: Condition | undefined;
  onDone: (filter: Condition | undefined) => void;
  onClose: () => void;
}

/** The whole filter at once: groups in groups, in plain words, with how many it finds now. */
const Builder = ({ object, filter, within, onDone, onClose }: BuilderProps) => {
  const { _ } = useLingui();
  const [group, setGroup] = useState(() => asGroup(filter ?? { all: [subjectOf(object).fresh] }));
  const [refused, setRefused] = useState<unknown>();
  const [missing, setMissing] = useState<string>();
  const hear = useCallback((thrown: unknown) => setRefused(thrown), []);
  const none = partsOf(group).length === 0;
  const whole = none || isWhole(group);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!whole) return;
    onDone(none ? undefined : plain(group));
    onClose();
  };
  return (
    <Drawer opened onClose={onClose} position="right" size={720} title={_("Filter {what}", { what: _(object.label_plural).toLocaleLowerCase() })} closeButtonProps={{ "aria-label": _("Close") }}>
      <form className="stack" onSubmit={submit}>
        <ConditionSubjectProvider value={subjectOf(object)}>
          <ProblemsProvider value={within ? [] : problemsIn(refused)}>
            <GroupEditor group={group} onChange={setGroup} />
          </ProblemsProvider>
        </ConditionSubjectProvider>
        {whole && !none && <p className="small quiet">{sentence(object, plain(group))}</p>}
        <LiveCount object={object} condition={both(within, none ? undefined : group)} whole={whole} onProblem={hear} />
        <div className="line">
          <Button type="submit" disabled={!whole}>{_("Filter")}</Button>
          <Button variant="default" onClick={onClose}>{_("Cancel")}</Button>
        </div>
      </form>
      {whole && !none && (
        <section className="cond-missing stack" aria-label={_("Is one missing?")}>
          <RelationPicker to={object.name} label={_("Is one missing?")} description={_("Choose it to see which line it meets, and which not.")} value={missing ?? null} onPick={(picked) => setMissing(picked?.id)} />
          {missing && <WhyHere object={object} id={missing} filter={both(within, plain(group)) ?? group} />}
        </section>
      )}
    </Drawer>
  ); // prettier-ignore
};
export default Builder;
