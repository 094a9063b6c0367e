import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePermissions } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { type Column, DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { type Model, useModelColumns } from "@/components/library/columns";
import { NewDrafts } from "@/components/library/NewDrafts";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { UploadDraft } from "@/components/library/UploadDraft";
import { PageHeader } from "@/components/PageHeader";
import { useLanguage, useT } from "@/i18n";
import { decisionsQuery, readDmn } from "./models";
import { NewDecision } from "./NewDecision";

/** The decisions: what is live, and what is being changed. */
export function DecisionsPage() {
  const { mayDeploy } = usePermissions();
  return mayDeploy ? <Decisions /> : <OnlyOwners />;
}

function Decisions() {
  const t = useT("decisions");
  const navigate = useNavigate();
  const [isNewOpen, setNewOpen] = useState(false);
  const found = useInfiniteQuery(decisionsQuery);
  const rows = found.data?.pages.flatMap((page) => page.items);
  const open = (name: string) => void navigate({ to: "/decisions/drafts/$name", params: { name } });
  const columns = useColumns();
  return (
    <div className="app-page">
      <PageHeader
        title={t("decisions:title")}
        actions={
          <>
            <UploadDraft kind="dmn" onSaved={open} />
            <Button
              size="compact-md"
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => setNewOpen(true)}
            >
              {t("decisions:new.title")}
            </Button>
          </>
        }
      >
        {t("decisions:subtitle")}
      </PageHeader>
      <DataTable
        label={t("decisions:title")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        total={found.data?.pages[0]?.page.totalItems}
        error={found.error}
        onRetry={() => void found.refetch()}
        hasMore={found.hasNextPage}
        isLoadingMore={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
        empty={<EmptyState title={t("decisions:empty")}>{t("decisions:emptyText")}</EmptyState>}
      />
      <NewDrafts
        kind="dmn"
        deployed={rows?.map((row) => row.resourceName)}
        link={(name) => (
          <AppLink to="/decisions/drafts/$name" params={{ name }} fw={500}>
            {name}
          </AppLink>
        )}
      />
      {isNewOpen && <NewDecision onClose={() => setNewOpen(false)} />}
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
