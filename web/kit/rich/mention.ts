import Mention from "@tiptap/extension-mention";
import type { SuggestionProps } from "@tiptap/suggestion";
import { request } from "../client.ts";

export interface Person {
  id: string;
  name: string;
}

/** Who is offered while a name is typed after an @, where, and how one is chosen. */
export interface Asking {
  people: readonly Person[];
  at: number;
  place: DOMRect | null;
  choose: (person: Person) => void;
}

let asked: Promise<readonly Person[]> | undefined;
const everybody = (): Promise<readonly Person[]> =>
  (asked ??= request<{ items: Person[] }>("GET /people", { limit: 200 }).then(
    ({ items }) => items,
    () => ((asked = undefined), []),
  ));

const folded = (text: string): string => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLocaleLowerCase();

/** The people a typed beginning may mean: of each part of the name, accents ignored. */
export const meant = (people: readonly Person[], typed: string): Person[] => {
  const wanted = folded(typed);
  return people.filter(({ name }) => folded(name).split(/\s+/).some((part, i, parts) => parts.slice(i).join(" ").startsWith(wanted))).slice(0, 8); // prettier-ignore
};

/** The mention of a colleague; `tell` hears who is offered now, and undefined when nobody is. */
export const colleague = (tell: (asking: Asking | undefined) => void) =>
  Mention.configure({
    HTMLAttributes: { class: "mention" },
    renderText: ({ node }) => `@${String(node.attrs["label"])}`,
    suggestion: {
      char: "@",
      items: async ({ query }) => meant(await everybody(), query),
      render: () => {
        let now: Asking | undefined;
        const show = (next: Asking | undefined): void => tell((now = next));
        const of = (props: SuggestionProps<Person>): Asking => ({
          people: props.items,
          at: Math.min(now?.at ?? 0, Math.max(0, props.items.length - 1)),
          place: props.clientRect?.() ?? null,
          choose: (person) => props.command({ id: person.id, label: person.name }),
        });
        return {
          onStart: (props: SuggestionProps<Person>) => show(of(props)),
          onUpdate: (props: SuggestionProps<Person>) => show(of(props)),
          onExit: () => show(undefined),
          onKeyDown: ({ event }: { event: KeyboardEvent }) => {
            if (!now || now.people.length === 0) return false;
            const person = now.people[now.at];
            if (event.key === "ArrowDown") show({ ...now, at: (now.at + 1) % now.people.length });
            else if (event.key === "ArrowUp")
              show({ ...now, at: (now.at + now.people.length - 1) % now.people.length }); // prettier-ignore
            else if ((event.key === "Enter" || event.key === "Tab") && person) now.choose(person);
            else if (event.key === "Escape") {
              event.preventDefault();
              show(undefined);
            } else return false;
            return true;
          },
        };
      },
    },
  });
