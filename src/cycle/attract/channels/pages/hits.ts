import { sql } from "kysely";
import { newId } from "#kernel/id";
import { notFound } from "#kernel/refusal";
import { networkOf } from "#platform/auth";
import type { Ctx } from "#platform/context";
import { html, unseal, type Ask, type PublicPage } from "#platform/pages";

// A picture of one transparent dot.
const dot = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
// Beyond this somebody plays with the link; the verdict needs no more.
const hitsAtMost = 500;

const isUuid = (text: string | undefined): text is string =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? "");

/** Writes the request down as it came; who it was is judged later. Does nothing when the mail is gone. */
async function note(
  ctx: Ctx,
  ask: Ask,
  hit: { send_id: string; kind: "open" | "click"; link_id: string | null; trap: boolean },
): Promise<void> {
  await sql`
    insert into mail_hits (id, send_id, kind, link_id, trap, at, method, user_agent, network)
    select ${newId()}, s.id, ${hit.kind}, ${hit.link_id}, ${hit.trap}, ${ctx.clock()}, ${ask.method}, ${ask.userAgent.slice(0, 400)}, ${networkOf(ask.ip)}
      from sends s where s.id = ${hit.send_id} and (select count(*) from mail_hits h where h.send_id = s.id) < ${hitsAtMost}`.execute(
    ctx.db,
  );
}

/** The picture and the links of our mails. They only write down that they were asked for; a link leads only where the mail's own link led. */
export const hitPages: readonly PublicPage[] = [
  {
    route: "GET /o/{file}",
    run: async (ctx, ask) => {
      const send = unseal(ctx, "open", ask.params.file!.replace(/\.gif$/, ""));
      if (isUuid(send ?? undefined)) await note(ctx, ask, { send_id: send!, kind: "open", link_id: null, trap: false });
      // The same picture for a forged link: it says nothing about whether there is such a mail.
      return { file: dot, type: "image/gif", open: true };
    },
  },
  {
    route: "GET /t/{token}",
    run: async (ctx, ask) => {
      const [send, what] = unseal(ctx, "click", ask.params.token!)?.split(".") ?? [];
      if (!isUuid(send) || !what) throw notFound("link");
      if (what === "trap") {
        await note(ctx, ask, { send_id: send, kind: "click", link_id: null, trap: true });
        return { title: "Nothing here", body: html`<p>There is nothing at this address.</p>` };
      }
      const { rows } = await sql<{ url: string }>`select url from mail_links where id = ${what}`.execute(ctx.db);
      if (!rows[0]) throw notFound("link");
      await note(ctx, ask, { send_id: send, kind: "click", link_id: what, trap: false });
      return { redirect: rows[0].url };
    },
  },
];
