import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { OpenDraft } from "@/components/library/OpenModel";
import { FormWorkspace } from "./FormWorkspace";

const editDraft = getRouteApi("/shell/forms/drafts/$name");

/** A form that is not deployed yet. */
export function EditDraftPage() {
  const { name } = editDraft.useParams();
  const navigate = useNavigate();
  const open = (id: string) =>
    void navigate({ to: "/forms/$id/edit", params: { id }, search: {}, ignoreBlocker: true });
  return (
    <OnlyOwners>
      <OpenDraft name={name}>{(model) => <FormWorkspace {...model} onDeployed={open} />}</OpenDraft>
    </OnlyOwners>
  );
}
