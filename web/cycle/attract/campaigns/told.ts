import { useQueryClient } from "@tanstack/react-query";
import type { CampaignsApi, CampaignTold } from "#attract/campaigns";
import type { MailApi, SendTold } from "#attract/channels";
import { client } from "../../../kit/client.ts";
import { askAgain, useLive } from "../../../kit/live.ts";

type Dates = "send_at" | "started_at" | "finished_at" | "updated_at" | "deleted_at";
/** A campaign as JSON brings it. */
export type Told = Omit<CampaignTold, Dates> & Record<Dates, string | null>;
/** A mail of the ledger as JSON brings it. */
export type Mail = Omit<SendTold, "due_at" | "sent_at" | "created_at"> & {
  due_at: string;
  sent_at: string | null;
  created_at: string;
};

/** The endpoints of campaigns. */
export const campaigns = () => client<CampaignsApi>("campaigns");
/** The endpoints of mails. */
export const mail = () => client<MailApi>("mail");

/** One campaign as JSON brings it. */
export const campaignOf = async (id: string): Promise<Told> => (await campaigns().get({ id })) as unknown as Told;

/** Keeps what is shown of campaigns true while mails leave and people click. */
export function useCampaignsLive(): void {
  const cache = useQueryClient();
  useLive("fact", ({ name }) => {
    if (name.startsWith("mail.") || name.startsWith("campaign.")) askAgain(cache, ["campaigns"], ["mails"]);
  });
}
