import { letter, type Message } from "#platform/mail";

const foot = "Sent by Rondo. If you did not expect this mail, you can ignore it.";

/** The mail that invites somebody; the names in it are other people's text and are escaped by `letter`. */
export const invitationLetter = (to: { email: string; inviter: string }, workspace: string, link: string): Message =>
  letter({
    to: to.email,
    subject: `${to.inviter} invites you to ${workspace}`,
    paragraphs: [
      "Hello,",
      `${to.inviter} invites you to work with ${workspace} in Rondo.`,
      "The link works for seven days, once.",
    ],
    button: { label: "Accept the invitation", url: link },
    foot,
  });

/** The mail with a link for a new password. */
export const resetLetter = (to: { email: string; name: string }, link: string): Message =>
  letter({
    to: to.email,
    subject: "A new password for Rondo",
    paragraphs: [
      `Hello ${to.name},`,
      "somebody, probably you, asked for a new password for this address.",
      "The link works for one hour, once. Your old password works until then.",
    ],
    button: { label: "Choose a new password", url: link },
    foot,
  });
