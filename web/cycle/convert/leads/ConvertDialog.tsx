import { useState } from "react";
import { Checkbox, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Plan } from "#convert/leads";
import { workspace } from "../../../kit/boot.ts";
import { FigureInput } from "../../../kit/form/FigureInput.tsx";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { Dialog } from "../../deliver/Dialog.tsx";
import { leads, useAgain, type Lead } from "./told.ts";

const pause = 300; // ms without a key before the preview is asked again

const useAccountWords = () => {
  const { _ } = useLingui();
  return ({ act, name, by, domain }: Plan["account"]): string => {
    const said = name ?? "";
    if (act === "keep") return _("Stays with the account {name}.", { name: said });
    if (act === "none") return _("No account: a person on their own.");
    if (act === "make") return domain ? _("The account {name} ({domain}) is made.", { name: said, domain }) : _("The account {name} is made.", { name: said }); // prettier-ignore
    if (by === "domain") return _("Joins the account {name}, found by {domain}.", { name: said, domain });
    return _("Joins the account {name}.", { name: said });
  };
};

const WillDo = ({ plan }: { plan: Plan }) => {
  const { _ } = useLingui();
  const accountWords = useAccountWords();
  return (
    <div className="lead-plan" role="status">
      <ul>
        <li>{accountWords(plan.account)}</li>
        <li>{_("The opportunity “{title}” is opened for {owner}.", { title: plan.opportunity.name, owner: plan.opportunity.owner ?? _("nobody") })}</li>
        {plan.fills.filter((fill) => fill.field !== "account_id").map((fill) => (
          <li key={`${fill.object}.${fill.field}`}>
            {fill.object === "contact" ? _("{field} of the contact, empty now, becomes {value}.", { field: _(fill.label), value: fill.shown }) : _("{field} of the account, empty now, becomes {value}.", { field: _(fill.label), value: fill.shown })}
          </li>
        ))}
      </ul>
      {plan.missing.map((one) => <p key={one.field} className="late">{one.message}</p>)}
    </div>
  ); // prettier-ignore
};

/** Makes a lead an opportunity: shows what will be linked, made and filled before it does exactly that. */
export const ConvertDialog = ({ lead, onClose }: { lead: Lead; onClose: () => void }) => {
  const { _ } = useLingui();
  const again = useAgain();
  const navigate = useNavigate();
  const [title, setTitle] = useState<string>();
  const [account, setAccount] = useState<string>();
  const [amount, setAmount] = useState<number | null>(null);
  const [close, setClose] = useState("");
  const [none, setNone] = useState(false);
  const choice = {
    ...(title?.trim() ? { title } : {}),
    ...(none ? { account_id: null } : account?.trim() ? { account_name: account } : {}),
    ...(amount ? { amount } : {}),
    ...(close ? { expected_close: close } : {}),
  };
  const [asked] = useDebouncedValue(choice, pause);
  const plan = useQuery({
    queryKey: ["lead-plan", lead.id, asked],
    queryFn: () => leads().preview({ id: lead.id, ...asked }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const submit = async (): Promise<void> => {
    const made = await leads().convert({ id: lead.id, ...choice });
    await again();
    done(_("{name} became an opportunity", { name: lead.name }), async () => {
      await leads().undoConvert({ id: lead.id });
      await again();
      void navigate({ to: "/leads/$id", params: { id: lead.id } });
    });
    void navigate({ to: "/opportunities/$id", params: { id: made.opportunity_id } });
  };
  const proposed = plan.data;
  const choosing =
    proposed?.account.act === "make" || proposed?.account.act === "link" || none || account !== undefined;
  return (
    <Dialog title={_("Make {name} an opportunity", { name: lead.name })} size={560} verb={_("Convert")} disabled={!proposed || proposed.missing.length > 0} fields={["title", "account_name", "amount", "expected_close"]} onSubmit={submit} onClose={onClose}>
      {(errors) => (
        <>
          <TextInput data-autofocus label={_("Opportunity")} maxLength={200} value={title ?? proposed?.opportunity.name ?? ""} error={errors["title"]} onChange={(event) => setTitle(event.currentTarget.value)} />
          <div className="lead-row">
            <FigureInput label={_("Amount")} description={_("May come later, by its lines.")} currency={workspace().currency} value={amount} onChange={setAmount} error={errors["amount"]} />
            <TextInput type="date" label={_("Expected close")} description={_("May come later.")} value={close} error={errors["expected_close"]} onChange={(event) => setClose(event.currentTarget.value)} />
          </div>
          {choosing && (
            <div>
              <TextInput label={_("Account")} description={_("One of that name is joined, otherwise it is made.")} disabled={none} maxLength={200} value={account ?? proposed?.account.name ?? ""} error={errors["account_name"]} onChange={(event) => setAccount(event.currentTarget.value)} />
              <Checkbox mt={6} label={_("Without an account")} checked={none} onChange={(event) => setNone(event.currentTarget.checked)} />
            </div>
          )}
          {plan.isError && <p className="note" data-tone="red" role="alert">{sentenceOf(plan.error)}</p>}
          {proposed && <WillDo plan={proposed} />}
        </>
      )}
    </Dialog>
  ); // prettier-ignore
};
