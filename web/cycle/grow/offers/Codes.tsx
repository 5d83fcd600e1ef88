import { useState } from "react";
import { Button, NumberInput, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { count } from "../../../kit/format.ts";
import { tell } from "../../../kit/notes.ts";
import { done } from "../../../kit/undo.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { promotions, type Code } from "./told.ts";

const NewCodes = ({ id, again, onClose }: { id: string; again: () => Promise<unknown>; onClose: () => void }) => {
  const { _ } = useLingui();
  const [own, setOwn] = useState("");
  const [many, setMany] = useState<number | string>(1);
  const [limit, setLimit] = useState<number | string>("");
  const submit = async (): Promise<void> => {
    const made = await promotions().makeCodes({ id, count: Number(many) || 1, uses_limit: limit === "" ? null : Number(limit), ...(own.trim() ? { code: own.trim() } : {}) });
    await again();
    tell(made.made === 1 ? _("Code {code} made", { code: made.first.code }) : _("{n} codes made", { n: count(made.made) }));
  };
  return (
    <Dialog title={_("Make codes")} verb={_("Make")} fields={["code", "count", "uses_limit"]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <TextInput label={_("A word of your own")} description={_("Left empty, a code is made that nobody guesses.")} maxLength={40} value={own} error={errors["code"]} onChange={(event) => setOwn(event.currentTarget.value)} data-autofocus />
          {own.trim() === "" && <NumberInput label={_("How many")} min={1} max={5000} allowDecimal={false} value={many} error={errors["count"]} onChange={setMany} />}
          <NumberInput label={_("Uses of each at most")} description={_("Without a limit when left empty.")} min={1} max={1_000_000} allowDecimal={false} value={limit} error={errors["uses_limit"]} onChange={setLimit} />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore

const download = async (id: string): Promise<void> => {
  const url = URL.createObjectURL(await promotions().codesCsv({ id }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "codes.csv";
  link.click();
  URL.revokeObjectURL(url);
};

/** The codes of a promotion: how often each was used, more of them, and all as a file. */
export const Codes = ({ id, mayEdit }: { id: string; mayEdit: boolean }) => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [making, setMaking] = useState(false);
  const asked = useInfiniteQuery({
    queryKey: ["promotions", id, "codes"],
    queryFn: ({ pageParam }) => promotions().codes({ id, limit: 20, ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const again = () => cache.invalidateQueries({ queryKey: ["promotions"] });
  const codes = (asked.data?.pages.flatMap((page) => page.items) ?? []) as unknown as Code[];
  const turn = async (code: Code, active: boolean): Promise<void> => {
    await promotions().switchCode({ id, code_id: code.id, active });
    await again();
    done(active ? _("{code} can be used again", { code: code.code }) : _("{code} can be used no more", { code: code.code }), () => promotions().switchCode({ id, code_id: code.id, active: !active }).then(again));
  };
  return (
    <section aria-labelledby="codes">
      <h2 className="part-title" id="codes">{_("Codes")}</h2>
      {codes.length === 0 ? <p className="quiet">{_("Nobody can use it before it has a code.")}</p> : (
        <div className="worth-scroll" tabIndex={0} role="region" aria-label={_("Codes")}>
          <table className="worth-table">
            <thead>
              <tr><th scope="col">{_("Code")}</th><th scope="col" className="number">{_("Used")}</th><th scope="col">{_("For")}</th>{mayEdit && <td />}</tr>
            </thead>
            <tbody>
              {codes.map((code) => (
                <tr key={code.id}>
                  <th scope="row"><code>{code.code}</code></th>
                  <td className="number">{code.uses_limit === null ? count(code.used) : _("{used} of {most}", { used: count(code.used), most: count(code.uses_limit) })}</td>
                  <td>{code.contact ? <bdi>{code.contact}</bdi> : code.active ? _("whoever has it") : _("nobody any more")}</td>
                  {mayEdit && <td><Button size="compact-sm" variant="subtle" aria-label={code.active ? _("End {code}", { code: code.code }) : _("Allow {code}", { code: code.code })} onClick={() => void turn(code, !code.active)}>{code.active ? _("End") : _("Allow")}</Button></td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="line">
        {mayEdit && <Button variant="default" onClick={() => setMaking(true)}>{_("Make codes")}</Button>}
        {codes.length > 0 && <Button variant="default" onClick={() => void download(id)}>{_("Download as CSV")}</Button>}
        {asked.hasNextPage && <Button variant="default" onClick={() => void asked.fetchNextPage()}>{_("Show more")}</Button>}
      </div>
      {making && <NewCodes id={id} again={again} onClose={() => setMaking(false)} />}
    </section>
  );
}; // prettier-ignore
