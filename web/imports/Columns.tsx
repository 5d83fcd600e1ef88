import { useEffect, useState } from "react";
import { useLingui } from "@lingui/react";
import { useQuery } from "@tanstack/react-query";
import { keepDraft, readDraft } from "../kit/form/draft.ts";
import { Ask } from "../settings/Ask.tsx";
import { unconfirmed } from "./mapping.ts";
import { Mapping } from "./Mapping.tsx";
import { imports, type How, type Import, type Look, type TableFormat } from "./told.ts";

/** What was chosen so far, kept over a reload; nothing that came from elsewhere is believed to be complete. */
const draftOf = (id: string): Partial<How> => readDraft(`import.${id}`) ?? {};

const firstHow = (one: Import, look: Look): How => {
  const draft = draftOf(one.id);
  const same = JSON.stringify(draft.format?.columns) === JSON.stringify(look.format.columns);
  const kept = same && draft.mapping && draft.options ? { mapping: draft.mapping, options: draft.options } : undefined;
  const before = one.mapping && one.options ? { mapping: one.mapping, options: one.options } : undefined;
  return { format: look.format, ...(kept ?? before ?? { mapping: unconfirmed(look), options: look.options }) };
};

/** Looks into the file and lets the person say which column is what; another way of reading the file looks again. */
export const Columns = ({ one, onStarted }: { one: Import; onStarted: () => void }) => {
  const { _ } = useLingui();
  const [chosen, setChosen] = useState<Partial<TableFormat>>(() => draftOf(one.id).format ?? one.format ?? {});
  const format = Object.fromEntries(
    Object.entries(chosen).filter(([name]) => name !== "columns" && name !== "headerRow"),
  );
  const key = JSON.stringify(format);
  const look = useQuery({
    queryKey: ["imports", one.id, "look", key],
    queryFn: ({ signal }) => imports.look(one.id, format, signal),
    staleTime: Infinity,
    placeholderData: (before) => before,
  });
  const objects = useQuery({ queryKey: ["imports", "objects"], queryFn: ({ signal }) => imports.objects(signal) });
  const importable = objects.data?.items.find((each) => each.object === one.object);
  const [how, setHow] = useState<How>();
  const fresh = look.data && !look.isPlaceholderData ? look.data : undefined;
  const known = how && JSON.stringify(how.format) === JSON.stringify(fresh?.format ?? how.format) ? how : undefined;
  const now = known ?? (fresh ? firstHow(one, fresh) : undefined);
  useEffect(() => {
    if (how) keepDraft(`import.${one.id}`, { ...how });
  }, [how, one.id]);
  const reading = look.isPlaceholderData || look.isFetching;
  return (
    <Ask asked={look}>
      {(found) =>
        importable && now ? (
          <Mapping
            one={one}
            look={fresh ?? found}
            importable={importable}
            all={objects.data?.items ?? []}
            how={now}
            reading={reading}
            refused={look.isError ? look.error : undefined}
            onHow={setHow}
            onFormat={(change) => setChosen({ ...now.format, ...change })}
            onStarted={() => {
              keepDraft(`import.${one.id}`, undefined);
              onStarted();
            }}
          />
        ) : (
          <p className="unseen" role="status">{_("On its way")}</p>
        )
      }
    </Ask>
  ); // prettier-ignore
};
