import { useLingui } from "@lingui/react";
import { Link, useParams } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { Page } from "../../../kit/Page.tsx";
import { Ask } from "../../../settings/Ask.tsx";
import { FormBuilder } from "./FormBuilder.tsx";
import { forms, type Told } from "./told.ts";

/** The page on which a new form is made. */
export const NewFormPage = () => {
  const { _ } = useLingui();
  return (
    <Page title={_("New form")} note={<Link to="/forms" className="link">{_("Forms")}</Link>}>
      <FormBuilder />
    </Page>
  ); // prettier-ignore
};

/** The page on which a form is changed. */
export const FormEditPage = () => {
  const { _ } = useLingui();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const asked = useQuery({ queryKey: ["forms", id, "edit"], queryFn: async (): Promise<Told> => (await forms().get({ id })) as unknown as Told, staleTime: 0, gcTime: 0 }); // prettier-ignore
  return (
    <Page title={asked.data?.name ?? _("Form")} note={<Link to="/forms" className="link">{_("Forms")}</Link>}>
      <Ask asked={asked}>{(found) => <FormBuilder key={found.id} form={found} />}</Ask>
    </Page>
  ); // prettier-ignore
};
