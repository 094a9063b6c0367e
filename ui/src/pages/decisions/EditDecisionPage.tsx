import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { usePermissions } from "@/api/session";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { useLanguage } from "@/i18n";
import { DecisionWorkspace } from "./DecisionWorkspace";
import { openDecisionQuery } from "./models";
import { OnlyOwners } from "@/components/library/OnlyOwners";

const editDecision = getRouteApi("/shell/decisions/$decision/edit");

/** The file of a deployed decision: its draft if there is one, else what is live. */
export function EditDecisionPage() {
  const { mayDeploy } = usePermissions();
  return mayDeploy ? <EditDecision /> : <OnlyOwners />;
}

function EditDecision() {
  const { decision } = editDecision.useParams();
  const { version } = editDecision.useSearch();
  const language = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const found = useQuery(openDecisionQuery(decision, version));
  if (found.error)
    return <ErrorState isPage error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || found.isRefetching) return <Loading />;
  const { file, begun, versions } = found.data;
  const show = (chosen: number | undefined) =>
    navigate({
      to: "/decisions/$decision/edit",
      params: { decision },
      search: chosen === undefined ? {} : { version: chosen },
    });
  const reopen = async () => {
    await show(undefined);
    await queries.resetQueries({ queryKey: ["editor", "decision", decision] });
  };
  return (
    <DecisionWorkspace
      key={`${decision}-${version ?? ""}-${found.dataUpdatedAt}`}
      title={versions[0]?.names[language] ?? decision}
      decision={decision}
      file={file}
      begun={begun}
      versions={{ versions, shown: version, onShow: (chosen) => void show(chosen) }}
      onReopen={() => void reopen()}
    />
  );
}
