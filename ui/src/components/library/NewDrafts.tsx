import { Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { DataTable } from "@/components/DataTable";
import { ErrorState } from "@/components/ErrorState";
import { useDraftColumns } from "@/components/library/columns";
import { draftsQuery } from "@/components/workspace/drafts";
import type { FileKind } from "@/components/workspace/kinds";
import { useT } from "@/i18n";

interface Props {
  kind: FileKind;
  /** The names of the files that are deployed; undefined until they are known. */
  deployed: readonly string[] | undefined;
}

/** Drafts of files that were never deployed. */
export function NewDrafts({ kind, deployed }: Props) {
  const t = useT("workspace");
  const drafts = useQuery(draftsQuery);
  const columns = useDraftColumns(kind);
  if (drafts.error) return <ErrorState error={drafts.error} />;
  const rows = drafts.data?.filter(
    ({ name }) => name.endsWith(`.${kind}`) && !deployed?.includes(name),
  );
  if (!deployed || !rows?.length) return null;
  return (
    <section aria-label={t("workspace:list.notDeployed")}>
      <Title order={2} mt="lg" mb="xs">
        {t("workspace:list.notDeployed")}
      </Title>
      <DataTable
        label={t("workspace:list.notDeployed")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.name}
        empty={null}
      />
    </section>
  );
}
