import { Button, Group } from "@mantine/core";
import { IconFileImport, IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePermissions } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { NewDrafts } from "@/components/library/NewDrafts";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { UploadDraft } from "@/components/library/UploadDraft";
import { PageHeader } from "@/components/PageHeader";
import { useT } from "@/i18n";
import { processesQuery } from "./library";
import { NewProcess } from "./NewProcess";
import { useColumns } from "./columns";

/** The processes: what is live, what runs, what is being changed. */
export function LibraryPage() {
  const { mayDeploy } = usePermissions();
  return mayDeploy ? <Library /> : <OnlyOwners />;
}

function Library() {
  const t = useT("library");
  const [isNewOpen, setNewOpen] = useState(false);
  const found = useInfiniteQuery(processesQuery);
  const columns = useColumns();
  const navigate = useNavigate();
  const open = (name: string) => void navigate({ to: "/processes/drafts/$name", params: { name } });
  const rows = found.data?.pages.flatMap((page) => page.items);
  return (
    <div className="app-page">
      <PageHeader
        title={t("library:title")}
        actions={
          <>
            <AppLink to="/imports">
              <Group gap={4} component="span">
                <IconFileImport size={15} aria-hidden />
                {t("library:import")}
              </Group>
            </AppLink>
            <UploadDraft kind="bpmn" onSaved={open} />
            <Button
              size="compact-md"
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => setNewOpen(true)}
            >
              {t("library:new")}
            </Button>
          </>
        }
      >
        {t("library:subtitle")}
      </PageHeader>
      <DataTable
        label={t("library:title")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        total={found.data?.pages[0]?.page.totalItems}
        error={found.error}
        onRetry={() => void found.refetch()}
        hasMore={found.hasNextPage}
        isLoadingMore={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
        empty={<EmptyState title={t("library:empty")}>{t("library:emptyText")}</EmptyState>}
      />
      <NewDrafts
        kind="bpmn"
        deployed={rows?.map((row) => row.resourceName)}
        link={(name) => (
          <AppLink to="/processes/drafts/$name" params={{ name }} fw={500}>
            {name}
          </AppLink>
        )}
      />
      {isNewOpen && <NewProcess onClose={() => setNewOpen(false)} />}
    </div>
  );
}
