import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { usePermissions } from "@/api/session";
import { ErrorState } from "@/components/ErrorState";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { Loading } from "@/components/Loading";
import { draftQuery } from "@/components/workspace/drafts";
import { useLanguage } from "@/i18n";
import { DecisionWorkspace } from "./DecisionWorkspace";
import { decisionsOf, parsed } from "./reading";

const editDraft = getRouteApi("/shell/decisions/drafts/$name");

/** A file of decisions that is not deployed yet. */
export function EditDraftPage() {
  const { mayDeploy } = usePermissions();
  return mayDeploy ? <EditDraft /> : <OnlyOwners />;
}

function EditDraft() {
  const { name } = editDraft.useParams();
  const language = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const found = useQuery(draftQuery(name));
  if (found.error)
    return <ErrorState isPage error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const first = decisionsOf(parsed(found.data.content), language)[0];
  return (
    <DecisionWorkspace
      key={found.dataUpdatedAt}
      title={first?.name ?? name.replace(/\.dmn$/, "")}
      decision={first?.id ?? ""}
      file={found.data}
      begun={found.data.content}
      onDeployed={(decision) =>
        void navigate({
          to: "/decisions/$decision/edit",
          params: { decision },
          search: {},
          ignoreBlocker: true,
        })
      }
      onReopen={() => void queries.resetQueries({ queryKey: draftQuery(name).queryKey })}
    />
  );
}
