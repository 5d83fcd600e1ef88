import { Button, Menu } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { boot, may } from "../../../kit/boot.ts";
import { request } from "../../../kit/client.ts";
import { tell } from "../../../kit/notes.ts";
import { sentenceOf } from "../../../kit/problem.ts";
import type { Here } from "../../../kit/here.ts";
import type { ListAnswer } from "../../record.ts";
import { textIn } from "../../../customers/values.ts";
import { comments, useCommentsAgain, useFollowers, type Follower } from "./told.ts";

const useFollow = (here: Here) => {
  const again = useCommentsAgain(here);
  const { object, record_id } = here;
  return useMutation({
    mutationFn: (asked: { follow: boolean; user_id?: string }) => comments().follow({ object, record_id, ...asked }),
    onError: (thrown) => tell(sentenceOf(thrown), { tone: "bad" }),
    onSettled: again,
  });
};

const AddFollower = ({ known, onAdd }: { known: readonly Follower[]; onAdd: (id: string) => void }) => {
  const { _ } = useLingui();
  const people = useQuery({
    queryKey: ["people", "names"],
    queryFn: () => request<ListAnswer>("GET /people", { limit: 200 }),
    enabled: may("people.read"),
  });
  const others = (people.data?.items ?? []).filter((one) => !known.some((f) => f.id === one.id) && one.id !== boot().me?.id); // prettier-ignore
  if (others.length === 0) return null;
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className="plain link small">{_("Add somebody")}</button>
      </Menu.Target>
      <Menu.Dropdown mah={280} style={{ overflow: "auto" }}>
        {others.map((one) => <Menu.Item key={one.id} onClick={() => onAdd(one.id)}><bdi>{textIn(one, "name")}</bdi></Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  ); // prettier-ignore
};

/** Who hears of what happens here; follow, stop, or add a colleague. */
export const Followers = ({ here }: { here: Here }) => {
  const { _ } = useLingui();
  const asked = useFollowers(here);
  const follow = useFollow(here);
  const items = asked.data?.items ?? [];
  const mine = items.some((f) => f.id === boot().me?.id);
  return (
    <section className="followers" aria-label={_("Followers")}>
      <p className="small quiet fill">
        {items.length === 0 && asked.data && _("Nobody follows this record.")}
        {items.map((f, i) => <span key={f.id}>{i > 0 && ", "}<bdi>{f.name}</bdi>{f.owner && ` (${_("owner")})`}</span>)}
        {items.length > 0 && ` ${items.length === 1 ? _("follows") : _("follow")}`}
      </p>
      <AddFollower known={items} onAdd={(user_id) => follow.mutate({ follow: true, user_id })} />
      <Button variant="default" size="compact-sm" aria-pressed={mine} loading={follow.isPending} onClick={() => follow.mutate({ follow: !mine })}>
        {mine ? _("Stop following") : _("Follow")}
      </Button>
    </section>
  ); // prettier-ignore
};
