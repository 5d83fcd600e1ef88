import { useState } from "react";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { MailApi } from "#attract/channels";
import { may } from "../../kit/boot.ts";
import { client } from "../../kit/client.ts";
import { instant } from "../../kit/format.ts";
import { tell } from "../../kit/notes.ts";
import { sentenceOf } from "../../kit/problem.ts";
import { done } from "../../kit/undo.ts";
import { Dialog } from "../../cycle/deliver/Dialog.tsx";

const api = () => client<MailApi>("mail");

const Add = ({ onClose, again }: { onClose: () => void; again: () => Promise<void> }) => {
  const { _ } = useLingui();
  const [address, setAddress] = useState("");
  const [scope, setScope] = useState<"all" | "marketing">("marketing");
  const [why, setWhy] = useState("");
  const add = async (): Promise<void> => {
    await api().suppress({ address: address.trim(), scope, why });
    await again();
    done(_("{address} gets no more mails", { address: address.trim() }), () => api().release({ address: address.trim() }).then(again));
  };
  return (
    <Dialog title={_("Write to an address no more")} verb={_("Add")} fields={["address", "why"]} onSubmit={add} onClose={onClose}>
      {(errors) => (
        <>
          <TextInput data-autofocus label={_("Address")} type="email" maxLength={254} value={address} error={errors.address} onChange={(event) => setAddress(event.currentTarget.value)} />
          <NativeSelect label={_("Which mails")} value={scope} onChange={(event) => setScope(event.currentTarget.value === "all" ? "all" : "marketing")}
            data={[{ value: "marketing", label: _("Campaigns, surveys and requests") }, { value: "all", label: _("All mails") }]} />
          <TextInput label={_("Why")} maxLength={500} value={why} error={errors.why} onChange={(event) => setWhy(event.currentTarget.value)} />
        </>
      )}
    </Dialog>
  );
}; // prettier-ignore

/** Addresses that get no mails, with the way back. */
export const Suppressions = () => {
  const { _ } = useLingui();
  const cache = useQueryClient();
  const [q, setQ] = useState("");
  const [adding, setAdding] = useState(false);
  const again = () => cache.invalidateQueries({ queryKey: ["mail", "suppressions"] });
  const asked = useInfiniteQuery({
    queryKey: ["mail", "suppressions", q],
    queryFn: ({ pageParam }) => api().suppressions({ limit: 50, ...(q ? { q } : {}), ...(pageParam ? { cursor: pageParam } : {}) }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
  const letGo = async (one: { address: string; scope: "all" | "marketing"; why: string }): Promise<void> => {
    try {
      await api().release({ address: one.address });
      await again();
      done(_("{address} gets mails again", { address: one.address }), () => api().suppress({ address: one.address, scope: one.scope, why: one.why }).then(again));
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  const items = asked.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="stack" aria-label={_("Addresses that get no mails")}>
      <div className="line">
        <h2 className="part-title fill">{_("Addresses that get no mails")}</h2>
        {may("mail.send") && <Button variant="default" onClick={() => setAdding(true)}>{_("Add")}</Button>}
      </div>
      <TextInput aria-label={_("Find an address")} placeholder={_("Find an address")} value={q} onChange={(event) => setQ(event.currentTarget.value)} />
      {asked.isError && <p className="note" data-tone="red" role="alert">{sentenceOf(asked.error)}</p>}
      {asked.data && items.length === 0 && <p className="quiet">{q ? _("No such address.") : _("None. An address whose server does not know it comes here by itself.")}</p>}
      <ul>
        {items.map((one) => (
          <li key={one.address} className="line">
            <span className="fill">
              <bdi>{one.address}</bdi> <span className="quiet small">{one.scope === "all" ? _("no mails") : _("no campaigns")} · {one.why} · {one.by_name}, {instant(String(one.created_at))}</span>
            </span>
            {may("mail.update") && <Button variant="default" onClick={() => void letGo(one)}>{_("Release")}</Button>}
          </li>
        ))}
      </ul>
      {asked.hasNextPage && <Button variant="default" onClick={() => void asked.fetchNextPage()}>{_("More")}</Button>}
      {adding && <Add onClose={() => setAdding(false)} again={again} />}
    </section>
  );
}; // prettier-ignore
