import advocacy from "../cycle/grow/advocacy/module.ts";
import access from "../records/access/module.ts";
import activities from "../cycle/convert/activities/module.ts";
import audience from "../cycle/attract/audience/module.ts";
import bulk from "../records/bulk/module.ts";
import calendar from "../platform/calendar/module.ts";
import comments from "../records/comments/module.ts";
import campaigns from "../cycle/attract/campaigns/module.ts";
import catalog from "../cycle/convert/catalog/module.ts";
import channels from "../cycle/attract/channels/module.ts";
import customers from "../customers/module.ts";
import custom from "../records/custom/module.ts";
import demo from "./demo/module.ts";
import exporting from "../records/export/module.ts";
import feedback from "../cycle/learn/feedback/module.ts";
import files from "../records/files/module.ts";
import forms from "../cycle/attract/forms/module.ts";
import imports from "../records/import/module.ts";
import jobs from "../platform/jobs/module.ts";
import letterhead from "../records/letterhead/module.ts";
import leads from "../cycle/convert/leads/module.ts";
import favourites from "../records/favourites/module.ts";
import notifications from "../records/notifications/module.ts";
import orders from "../cycle/deliver/orders/module.ts";
import pipeline from "../cycle/convert/pipeline/module.ts";
import presence from "../records/presence/module.ts";
import tags from "../records/tags/module.ts";
import payments from "../cycle/deliver/payments/module.ts";
import shops from "../cycle/deliver/shops/module.ts";
import shipments from "../cycle/deliver/shipments/module.ts";
import quotes from "../cycle/convert/quotes/module.ts";
import invoices from "../cycle/deliver/invoices/module.ts";
import duplicates from "../records/duplicates/module.ts";
import search from "../records/search/module.ts";
import reasons from "../records/reasons/module.ts";
import offers from "../cycle/grow/offers/module.ts";
import health from "../cycle/grow/health/module.ts";
import retention from "../cycle/grow/retention/module.ts";
import loyalty from "../cycle/grow/loyalty/module.ts";
import whole from "../records/whole/module.ts";
import worth from "../cycle/grow/worth/module.ts";
import onboarding from "../cycle/engage/onboarding/module.ts";
import support from "../cycle/engage/support/module.ts";
import improvement from "../cycle/learn/improvement/module.ts";
import insight from "../cycle/learn/insight/module.ts";
import prediction from "../cycle/learn/prediction/module.ts";
import loop from "../cycle/learn/loop/module.ts";
import trash from "../records/trash/module.ts";
import views from "../records/views/module.ts";
import type { Module } from "./module.ts";

/** The product's table of contents, in the order of the cycle: a module may ask those above it, never those below. */
export const modules: readonly Module[] = [
  jobs,
  calendar,
  custom,
  access,
  bulk,
  imports,
  search,
  duplicates,
  files,
  comments,
  notifications,
  tags,
  favourites,
  presence,
  exporting,
  whole,
  letterhead,
  reasons,
  trash,
  views,
  customers,
  audience,
  channels,
  forms,
  campaigns,
  activities,
  catalog,
  pipeline,
  quotes,
  leads,
  orders,
  shipments,
  payments,
  invoices,
  shops,
  onboarding,
  support,
  retention,
  loyalty,
  offers,
  advocacy,
  worth,
  health,
  feedback,
  insight,
  prediction,
  improvement,
  loop,
  demo,
];
