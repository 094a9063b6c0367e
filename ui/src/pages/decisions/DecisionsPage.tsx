import { useInfiniteQuery } from "@tanstack/react-query";
import { usePermissions } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { type Column, DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { type Model, useModelColumns } from "@/components/library/columns";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { PageHeader } from "@/components/PageHeader";
import { useLanguage, useT } from "@/i18n";
import { decisionsQuery, readDmn } from "./models";

/** The decisions: what is live, and what is being changed. */
export function DecisionsPage() {
  const { mayDeploy } = usePermissions();
  return mayDeploy ? <Decisions /> : <OnlyOwners />;
}

function Decisions() {
  const t = useT("decisions");
  const found = useInfiniteQuery(decisionsQuery);
  const columns = useColumns();
  return (
    <div className="app-page">
      <PageHeader title={t("decisions:title")}>{t("decisions:subtitle")}</PageHeader>
      <DataTable
        label={t("decisions:title")}
        columns={columns}
        rows={found.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => row.id}
        total={found.data?.pages[0]?.page.totalItems}
        error={found.error}
        onRetry={() => void found.refetch()}
        hasMore={found.hasNextPage}
        isLoadingMore={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
        empty={<EmptyState title={t("decisions:empty")}>{t("decisions:emptyText")}</EmptyState>}
      />
    </div>
  );
}

function useColumns(): readonly Column<Model>[] {
  const t = useT("decisions");
  const language = useLanguage();
  const { version, draft, deployed, why, file } = useModelColumns(({ key }) => readDmn(key));
  return [
    {
      key: "name",
      header: t("decisions:columns.name"),
      render: ({ id, names }) => (
        <AppLink to="/decisions/$decision/edit" params={{ decision: id }} fw={500}>
          {names[language]}
        </AppLink>
      ),
    },
    version,
    draft,
    deployed,
    why,
    file,
  ];
}
