import type { ComponentType } from "react";
import { ConsentPanel } from "./ConsentPanel.tsx";
import { NextStep } from "./NextStep.tsx";
import { Open } from "./Open.tsx";
import { PlaysAhead, PlaysPanel } from "../cycle/grow/retention/PlaysPanel.tsx";
import { LoyaltyAhead, LoyaltyField } from "../cycle/grow/loyalty/LoyaltyPanel.tsx";
import { ReferralsPanel } from "../cycle/grow/advocacy/ReferralsPanel.tsx";
import { Recommended } from "../cycle/grow/worth/Recommended.tsx";
import { Standing } from "../cycle/grow/health/Standing.tsx";
import { BandField } from "../cycle/grow/worth/BandField.tsx";
import { OpportunitiesPanel } from "../cycle/convert/pipeline/OpportunitiesPanel.tsx";
import { EntriesPanel } from "../cycle/convert/activities/EntriesPanel.tsx";
import { QuotesPanel } from "../cycle/convert/quotes/QuotesPanel.tsx";
import { Expected } from "../cycle/learn/prediction/Expected.tsx";
import { LearnPanel } from "../cycle/learn/LearnPanel.tsx";
import { LeadPanel } from "../cycle/convert/leads/LeadPanel.tsx";
import { SurveysPanel } from "../cycle/learn/surveys/SurveysPanel.tsx";
import { OnboardingPanel } from "../cycle/engage/onboarding/OnboardingPanel.tsx";
import { CasesPanel } from "../cycle/engage/cases/CasesPanel.tsx";
import { OrdersPanel } from "../cycle/deliver/OrdersPanel.tsx";
import { CampaignsPanel, MailsAhead } from "../cycle/attract/campaigns/CampaignsPanel.tsx";
import { InSegments } from "../cycle/attract/InSegments.tsx";

/** Whose page it is: exactly one of the two is set. */
export interface PanelProps {
  contactId?: string;
  accountId?: string;
}

interface PanelPlace {
  /** Left: who they are and what they are worth; field: one more of their fields; figure: one more of what they are worth (until 20: expected, from 20: how it stands). Right: what is open; ahead: a line of what happens next. */
  side: "left" | "field" | "figure" | "right" | "ahead";
  /** Smaller stands higher. */
  order: number;
  Panel: ComponentType<PanelProps>;
}

const SegmentsOfContact = ({ contactId }: PanelProps) => (contactId ? <InSegments id={contactId} /> : null);

const ConsentOfContact = ({ contactId }: PanelProps) => (contactId ? <ConsentPanel contactId={contactId} /> : null);

// What modules show on a customer's page; a module adds one line.
const panels: readonly PanelPlace[] = [
  { side: "field", order: 10, Panel: BandField },
  { side: "field", order: 15, Panel: LoyaltyField },
  { side: "figure", order: 10, Panel: Expected },
  { side: "figure", order: 20, Panel: Standing },
  { side: "left", order: 20, Panel: ConsentOfContact },
  { side: "left", order: 60, Panel: EntriesPanel },
  { side: "left", order: 80, Panel: CampaignsPanel },
  { side: "left", order: 90, Panel: SegmentsOfContact },
  { side: "right", order: 10, Panel: NextStep },
  { side: "right", order: 20, Panel: Open },
  { side: "ahead", order: 10, Panel: PlaysAhead },
  { side: "ahead", order: 20, Panel: MailsAhead },
  { side: "ahead", order: 30, Panel: LoyaltyAhead },
  { side: "right", order: 50, Panel: Recommended },
  { side: "right", order: 60, Panel: LearnPanel },
  { side: "right", order: 65, Panel: PlaysPanel },
  { side: "right", order: 69, Panel: OnboardingPanel },
  { side: "right", order: 70, Panel: CasesPanel },
  { side: "right", order: 71, Panel: LeadPanel },
  { side: "right", order: 72, Panel: OpportunitiesPanel },
  { side: "right", order: 73, Panel: QuotesPanel },
  { side: "right", order: 74, Panel: OrdersPanel },
  { side: "right", order: 75, Panel: SurveysPanel },
  { side: "right", order: 76, Panel: ReferralsPanel },
];

/** The panels of one side between two places, highest first. */
export const Panels = ({
  side,
  from = 0,
  until = Infinity,
  ...whose
}: PanelProps & { side: PanelPlace["side"]; from?: number; until?: number }) =>
  panels
    .filter((place) => place.side === side && place.order >= from && place.order < until)
    .toSorted((a, b) => a.order - b.order)
    .map(({ Panel, order }) => <Panel key={order} {...whose} />);
