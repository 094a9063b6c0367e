import { Select } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { usePermissions } from "@/api/session";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { useLanguage, useT } from "@/i18n";
import { type Opened, openedQuery } from "./library";
import { ModelerWorkspace } from "./ModelerWorkspace";
import { OnlyOwners } from "./OnlyOwners";

const editProcess = getRouteApi("/shell/processes/$process/edit");

/** The diagram of a deployed process: its draft if there is one, else what is live. */
export function EditProcessPage() {
  const { mayDeploy } = usePermissions();
  return mayDeploy ? <EditProcess /> : <OnlyOwners />;
}

function EditProcess() {
  const { process } = editProcess.useParams();
  const { version } = editProcess.useSearch();
  const language = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const found = useQuery(openedQuery(process, version));
  if (found.error)
    return <ErrorState isPage error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || found.isRefetching) return <Loading />;
  const { file, begun, versions } = found.data;
  const reopen = async () => {
    await navigate({ to: "/processes/$process/edit", params: { process }, search: {} });
    await queries.resetQueries({ queryKey: ["editor", process] });
  };
  return (
    <ModelerWorkspace
      key={`${version ?? ""}-${found.dataUpdatedAt}`}
      title={versions[0]?.names[language] ?? process}
      file={file}
      begun={begun}
      onReopen={() => void reopen()}
    >
      <Versions process={process} version={version} versions={versions} />
    </ModelerWorkspace>
  );
}

interface VersionsProps {
  process: string;
  version: number | undefined;
  versions: Opened["versions"];
}

/** Opens an earlier version; saved and deployed, it becomes the newest one. */
function Versions({ process, version, versions }: VersionsProps) {
  const t = useT("library");
  const navigate = useNavigate();
  const data = versions.map((one, index) => ({
    value: String(one.version),
    label: t(index === 0 ? "library:version.live" : "library:version.old", { number: one.version }),
  }));
  return (
    <Select
      size="xs"
      w={150}
      aria-label={t("library:version.label")}
      placeholder={t("library:version.label")}
      data={data}
      value={version === undefined ? null : String(version)}
      onChange={(chosen) =>
        void navigate({
          to: "/processes/$process/edit",
          params: { process },
          search: chosen ? { version: Number(chosen) } : {},
        })
      }
    />
  );
}
