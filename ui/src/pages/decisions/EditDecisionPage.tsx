import { getRouteApi } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { usePermissions } from "@/api/session";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { useLanguage } from "@/i18n";
import { DecisionWorkspace } from "./DecisionWorkspace";
import { openDecisionQuery } from "./models";
import { OnlyOwners } from "./OnlyOwners";

const editDecision = getRouteApi("/shell/decisions/$decision/edit");

/** The file of a deployed decision: its draft if there is one, else what is live. */
export function EditDecisionPage() {
  const { mayDeploy } = usePermissions();
  return mayDeploy ? <EditDecision /> : <OnlyOwners />;
}

function EditDecision() {
  const { decision } = editDecision.useParams();
  const language = useLanguage();
  const queries = useQueryClient();
  const query = openDecisionQuery(decision);
  const found = useQuery(query);
  if (found.error)
    return <ErrorState isPage error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || found.isRefetching) return <Loading />;
  return (
    <DecisionWorkspace
      key={`${decision}-${found.dataUpdatedAt}`}
      title={found.data.live.names[language]}
      decision={decision}
      file={found.data.file}
      onReopen={() => void queries.resetQueries({ queryKey: query.queryKey })}
    />
  );
}
