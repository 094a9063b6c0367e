import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { usePermissions } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { useLanguage, useT } from "@/i18n";
import { openedQuery } from "./library";
import { ModelerWorkspace } from "./ModelerWorkspace";
import { OnlyOwners } from "@/components/library/OnlyOwners";

const editProcess = getRouteApi("/shell/processes/$process/edit");

/** The diagram of a deployed process: its draft if there is one, else what is live. */
export function EditProcessPage() {
  const { mayDeploy } = usePermissions();
  return mayDeploy ? <EditProcess /> : <OnlyOwners />;
}

function EditProcess() {
  const { process } = editProcess.useParams();
  const { version } = editProcess.useSearch();
  const t = useT("library");
  const language = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const found = useQuery(openedQuery(process, version));
  if (found.error)
    return <ErrorState isPage error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || found.isRefetching) return <Loading />;
  const { file, begun, versions } = found.data;
  const show = (chosen: number | undefined) =>
    navigate({
      to: "/processes/$process/edit",
      params: { process },
      search: chosen === undefined ? {} : { version: chosen },
    });
  const reopen = async () => {
    await show(undefined);
    await queries.resetQueries({ queryKey: ["editor", process] });
  };
  return (
    <ModelerWorkspace
      key={`${version ?? ""}-${found.dataUpdatedAt}`}
      title={versions[0]?.names[language] ?? process}
      file={file}
      begun={begun}
      versions={{ versions, shown: version, onShow: (chosen) => void show(chosen) }}
      tools={
        <AppLink
          to="/processes/$process/compare"
          params={{ process }}
          search={version === undefined ? {} : { from: version, to: versions[0]?.version ?? 1 }}
          size="sm"
        >
          {t("library:compare.open")}
        </AppLink>
      }
      onReopen={() => void reopen()}
    />
  );
}
