export { queueMail, planSends, type QueuedMail, type Queued, type Plan } from "./queue.ts";
export { pauseSends, resumeSends, cancelSends, sendUnknownAgain, pauseOf } from "./control.ts";
export { registerMailSource, type MailSource, type Written, type Click, type Links } from "./source.ts";
export {
  countReads,
  countSends,
  sendsOf,
  type SendCount,
  type ReadCount,
  type SendTold,
  type MailState,
} from "./queries.ts";
export { mailSettings, refuseSender, senderOf, type MailSettings } from "./settings.ts";
export { sendDue } from "./sender.ts";
export { messageFor, linksOf } from "./letterhead.ts";
export { toldLinks } from "./tracking/links.ts";
export type { SendRow, SendState } from "./send.ts";
export { suppress } from "./suppress.ts";
export { forgetSends, forgetAddresses } from "./forget.ts";
export type { MailApi } from "./api.ts";
export { notePastMails, forgetLinks, type PastMail } from "./past.ts";
export { lookAhead } from "./look.ts";
