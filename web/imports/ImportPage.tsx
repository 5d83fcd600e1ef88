import { useState } from "react";
import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { useNavigate } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may } from "../kit/boot.ts";
import { Icon } from "../kit/Icon.tsx";
import { Page } from "../kit/Page.tsx";
import { sentenceOf } from "../kit/problem.ts";
import { DropZone } from "./DropZone.tsx";
import { Earlier } from "./Earlier.tsx";
import { firstLineOf, guessObject } from "./guess.ts";
import { imports } from "./told.ts";
import { useSending } from "./useSending.ts";
import "./imports.css";

const Example = () => {
  const { _ } = useLingui();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const start = async (): Promise<void> => {
    setBusy(true);
    setFailed("");
    try {
      const { import_id } = await imports.example();
      await cache.invalidateQueries({ queryKey: ["imports"] });
      await navigate({ to: "/import/$id", params: { id: import_id } });
    } catch (thrown) {
      setFailed(sentenceOf(thrown));
      setBusy(false);
    }
  };
  return (
    <p className="import-example">
      <Icon name="sample" />
      <span className="fill">
        {_("No file at hand? The CDNOW example holds 6,919 real purchases of 2,357 customers of a record shop.")}
      </span>
      <Button variant="default" loading={busy} onClick={() => void start()}>
        {_("Try the example")}
      </Button>
      {failed && <span role="alert" className="bad">{failed}</span>}
    </p>
  ); // prettier-ignore
};

/** Import: drop a file, try the example, or come back to an earlier import. */
export const ImportPage = () => {
  const { _ } = useLingui();
  const objects = useQuery({
    queryKey: ["imports", "objects"],
    queryFn: ({ signal }) => imports.objects(signal),
    enabled: may("imports.read"),
  });
  const sending = useSending();
  const known = objects.data?.items ?? [];
  const choose = async (file: File): Promise<void> => {
    // Dropped before the list came: it is waited for, or the guess would be among nothing.
    const importable = objects.data?.items ?? (await objects.refetch()).data?.items ?? [];
    const object =
      guessObject(
        await firstLineOf(file).catch(() => ""),
        importable.map((one) => one.object),
        file.name,
      ) ?? "orders";
    await sending.send(file, object);
  };
  if (!may("imports.create"))
    return (
      <Page title={_("Import")} padded>
        <p className="empty">{_("Your role does not import files. Ask a manager or an administrator.")}</p>
      </Page>
    );
  return (
    <Page title={_("Import")} padded>
      <div className="import">
        <div>
          <h2 className="h">{_("Bring your customers")}</h2>
          <p className="quiet">
            {_("A file of the orders of your shop becomes customers, each with a timeline and a place on the cycle. Nothing is written until you have seen what it becomes.")}
          </p>
        </div>
        <DropZone sending={sending} onFile={(file) => void choose(file)} />
        {known.length > 1 && (
          <p className="quiet small">{_("Files of {objects} can be imported; what yours holds is guessed and you can change it.", { objects: known.map((one) => _(one.label).toLocaleLowerCase()).join(", ") })}</p>
        )}
        <Example />
        <Earlier />
      </div>
    </Page>
  ); // prettier-ignore
};
