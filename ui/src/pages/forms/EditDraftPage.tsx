import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { usePermissions } from "@/api/session";
import { ErrorState } from "@/components/ErrorState";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { Loading } from "@/components/Loading";
import { draftQuery } from "@/components/workspace/drafts";
import { FormWorkspace } from "./FormWorkspace";

const editDraft = getRouteApi("/shell/forms/drafts/$name");

/** A form that is not deployed yet. */
export function EditDraftPage() {
  const { mayDeploy } = usePermissions();
  return mayDeploy ? <EditDraft /> : <OnlyOwners />;
}

function EditDraft() {
  const { name } = editDraft.useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const found = useQuery(draftQuery(name));
  if (found.error)
    return <ErrorState isPage error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const open = (form: string) =>
    navigate({ to: "/forms/$form/edit", params: { form }, search: {}, ignoreBlocker: true });
  return (
    <FormWorkspace
      key={found.dataUpdatedAt}
      title={name.replace(/\.form$/, "")}
      file={found.data}
      begun={found.data.content}
      onDeployed={(form) => void open(form)}
      onReopen={() => void queries.resetQueries({ queryKey: draftQuery(name).queryKey })}
    />
  );
}
