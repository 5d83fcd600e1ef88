import { Button } from "@mantine/core";
import { useLingui } from "@lingui/react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { may } from "../../../kit/boot.ts";
import { useKeys } from "../../../kit/keys.ts";
import { tell } from "../../../kit/notes.ts";
import { Page } from "../../../kit/Page.tsx";
import { sentenceOf } from "../../../kit/problem.ts";
import { done } from "../../../kit/undo.ts";
import { Ask } from "../../../settings/Ask.tsx";
import { Share } from "./Share.tsx";
import { Submissions } from "./Submissions.tsx";
import { forms, type Told } from "./told.ts";
import { Chain } from "../../../timeline/Chain.tsx";
import "./forms.css";

/** One form: what was sent with it, and how visitors come to it. */
export const FormPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const cache = useQueryClient();
  const asked = useQuery({ queryKey: ["forms", id], queryFn: async (): Promise<Told> => (await forms().get({ id })) as unknown as Told });
  const form = asked.data;
  const mayEdit = may("forms.update") && form !== undefined && !form.deleted_at;
  const edit = (): void => void navigate({ to: "/forms/$id/edit", params: { id } });
  const again = () => cache.invalidateQueries({ queryKey: ["forms"] });
  const trash = async (): Promise<void> => {
    try {
      await forms().trash({ id });
      done(_("{name} moved to the trash", { name: form?.name ?? "" }), () => forms().restore({ id }).then(again));
      void again();
      void navigate({ to: "/forms" });
    } catch (thrown) {
      tell(sentenceOf(thrown), { tone: "bad" });
    }
  };
  useKeys(mayEdit ? [{ keys: "e", label: _("Edit"), group: _("This form"), run: edit }] : []);
  return (
    <Page title={form?.name ?? _("Form")} note={<Link to="/forms" className="link">{_("Forms")}</Link>} actions={form && <>
      {may("forms.delete") && !form.deleted_at && <Button variant="default" onClick={() => void trash()}>{_("Move to the trash")}</Button>}
      {mayEdit && <Button onClick={edit}>{_("Edit")}</Button>}
    </>}>
      <Chain noun="form" id={id} />
      <Ask asked={asked}>
        {(found) => (
          <div className="form-page">
            <div className="stack">
              {found.deleted_at && <p className="note" data-tone="amber">{_("This form is in the trash.")}</p>}
              {!found.active && <p className="note" data-tone="amber">{_("It cannot be opened or sent.")}</p>}
              <Submissions id={found.id} />
            </div>
            <Share form={found} />
          </div>
        )}
      </Ask>
    </Page>
  );
}; // prettier-ignore
