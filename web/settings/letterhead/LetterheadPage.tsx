import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import type { LetterheadApi } from "#records";
import { client } from "../../kit/client.ts";
import { Ask } from "../Ask.tsx";
import { Settings } from "../Settings.tsx";
import { LetterheadForm } from "./LetterheadForm.tsx";

/** Who the company is on paper, and the taxes it charges. */
export const LetterheadPage = () => {
  const { _ } = useLingui();
  const asked = useQuery({ queryKey: ["letterhead"], queryFn: () => client<LetterheadApi>("letterhead").get({}) });
  return (
    <Settings
      title={_("Letterhead and taxes")}
      lead={_("What stands on quotes and invoices from now on. Papers that were sent keep what they said.")}
    >
      <Ask asked={asked}>{(found) => <LetterheadForm letterhead={found} />}</Ask>
    </Settings>
  );
};
