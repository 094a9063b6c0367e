import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { usePermissions } from "@/api/session";
import { ErrorState } from "@/components/ErrorState";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { Loading } from "@/components/Loading";
import { useLanguage } from "@/i18n";
import { FormWorkspace } from "./FormWorkspace";
import { openFormQuery } from "./models";

const editForm = getRouteApi("/shell/forms/$form/edit");

/** A deployed form: its draft if there is one, else what is live. */
export function EditFormPage() {
  const { mayDeploy } = usePermissions();
  return mayDeploy ? <EditForm /> : <OnlyOwners />;
}

function EditForm() {
  const { form } = editForm.useParams();
  const { version } = editForm.useSearch();
  const language = useLanguage();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const found = useQuery(openFormQuery(form, version));
  if (found.error)
    return <ErrorState isPage error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data || found.isRefetching) return <Loading />;
  const { file, begun, versions } = found.data;
  const show = (chosen: number | undefined) =>
    navigate({
      to: "/forms/$form/edit",
      params: { form },
      search: chosen === undefined ? {} : { version: chosen },
    });
  const reopen = async () => {
    await show(undefined);
    await queries.resetQueries({ queryKey: ["editor", "form", form] });
  };
  return (
    <FormWorkspace
      key={`${form}-${version ?? ""}-${found.dataUpdatedAt}`}
      title={versions[0]?.names[language] ?? form}
      form={form}
      file={file}
      begun={begun}
      versions={{ versions, shown: version, onShow: (chosen) => void show(chosen) }}
      onReopen={() => void reopen()}
    />
  );
}
