import { NativeSelect } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { boot, type DescribedObject } from "../../kit/boot.ts";
import { isSomebodys, scopeWords, verbWords, type OwnRole, type Scope, type Verb } from "./access.ts";

const verbs = Object.keys(verbWords) as Verb[];
const scopesOf = (object: DescribedObject, verb: Verb): Scope[] =>
  verb === "create" || !isSomebodys(object.fields, object.belongs_to) ? ["none", "all"] : (Object.keys(scopeWords) as Scope[]); // prettier-ignore

/** How far each verb reaches on each object: one row an object, one choice a verb. */
export const Matrix = ({ grants, onChange }: { grants: OwnRole["grants"]; onChange: (grants: OwnRole["grants"]) => void }) => {
  const { _ } = useLingui();
  const put = (plural: string, verb: Verb, scope: Scope): void => onChange({ ...grants, [plural]: { ...grants[plural], [verb]: scope } });
  return (
    <div className="matrix-scroll" tabIndex={0} role="region" aria-label={_("What the role may do")}>
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">{_("Records")}</th>
            {verbs.map((verb) => <th key={verb} scope="col">{_(verbWords[verb])}</th>)}
          </tr>
        </thead>
        <tbody>
          {(boot().objects ?? []).filter((o) => o.page !== false).map((o) => (
            <tr key={o.plural}>
              <th scope="row">{_(o.label_plural)}</th>
              {verbs.map((verb) => (
                <td key={verb}>
                  <NativeSelect
                    size="xs"
                    aria-label={_("{verb} {records}", { verb: _(verbWords[verb]), records: _(o.label_plural) })}
                    value={grants[o.plural]?.[verb] ?? "none"}
                    data-none={(grants[o.plural]?.[verb] ?? "none") === "none" || undefined}
                    data={scopesOf(o, verb).map((scope) => ({ value: scope, label: _(scopeWords[scope]) }))}
                    onChange={(event) => put(o.plural, verb, event.currentTarget.value as Scope)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}; // prettier-ignore
