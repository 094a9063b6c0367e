import { getRouteApi } from "@tanstack/react-router";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { OpenDraft } from "@/components/library/OpenModel";
import { ModelerWorkspace } from "./ModelerWorkspace";

const editDraft = getRouteApi("/shell/processes/drafts/$name");

/** A diagram that is not deployed yet. */
export function EditDraftPage() {
  const { name } = editDraft.useParams();
  return (
    <OnlyOwners>
      <OpenDraft name={name}>{(model) => <ModelerWorkspace {...model} />}</OpenDraft>
    </OnlyOwners>
  );
}
