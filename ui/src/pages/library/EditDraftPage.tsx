import { getRouteApi } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { usePermissions } from "@/api/session";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { draftQuery } from "@/components/workspace/drafts";
import { ModelerWorkspace } from "./ModelerWorkspace";
import { OnlyOwners } from "@/components/library/OnlyOwners";

const editDraft = getRouteApi("/shell/processes/drafts/$name");

/** A diagram that is not deployed yet. */
export function EditDraftPage() {
  const { mayDeploy } = usePermissions();
  return mayDeploy ? <EditDraft /> : <OnlyOwners />;
}

function EditDraft() {
  const { name } = editDraft.useParams();
  const queries = useQueryClient();
  const found = useQuery(draftQuery(name));
  if (found.error)
    return <ErrorState isPage error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  return (
    <ModelerWorkspace
      key={found.dataUpdatedAt}
      title={name.replace(/\.bpmn$/, "")}
      file={found.data}
      begun={found.data.content}
      onReopen={() => void queries.resetQueries({ queryKey: ["editor", "draft", name] })}
    />
  );
}
