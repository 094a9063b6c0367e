import { Button, Group, Title } from "@mantine/core";
import { IconFileImport, IconPlus, IconUpload } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePermissions } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { useDraftColumns } from "@/components/library/columns";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { PageHeader } from "@/components/PageHeader";
import { useToast } from "@/components/toast";
import { FilePicker } from "@/components/workspace/FilePicker";
import { useT } from "@/i18n";
import { draftsQuery, processesQuery, saveNew } from "./library";
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
            <Upload />
            <Button
              size="compact-md"
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => setNewOpen(true)}
            >
              {t("library:new.open")}
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
      <NewDrafts deployed={rows?.map((row) => row.resourceName)} />
      {isNewOpen && <NewProcess onClose={() => setNewOpen(false)} />}
    </div>
  );
}

/** Drafts of files that were never deployed. */
function NewDrafts({ deployed }: { deployed: readonly string[] | undefined }) {
  const t = useT("library");
  const drafts = useQuery(draftsQuery);
  const columns = useDraftColumns((name) => (
    <AppLink to="/processes/drafts/$name" params={{ name }} fw={500}>
      {name}
    </AppLink>
  ));
  if (drafts.error) return <ErrorState error={drafts.error} />;
  const rows = drafts.data?.filter(
    (draft) => draft.name.endsWith(".bpmn") && !deployed?.includes(draft.name),
  );
  if (!deployed || !rows?.length) return null;
  return (
    <section aria-label={t("library:drafts.title")}>
      <Title order={2} mt="lg" mb="xs">
        {t("library:drafts.title")}
      </Title>
      <DataTable
        label={t("library:drafts.title")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.name}
        empty={null}
      />
    </section>
  );
}

/** A diagram of ours, or of Camunda Modeler, becomes a draft. */
function Upload() {
  const t = useT("library");
  const toast = useToast();
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>();
  const upload = async (name: string, content: string) => {
    setError(undefined);
    try {
      if (!(await saveNew(name, content))) {
        return toast(t("library:upload.exists", { name }), "orange");
      }
      await navigate({ to: "/processes/drafts/$name", params: { name } });
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <>
      <FilePicker
        label={t("library:upload.open")}
        kind="bpmn"
        onPicked={(name, content) => void upload(name, content)}
      >
        {(choose) => (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconUpload size={15} aria-hidden />}
            onClick={choose}
          >
            {t("library:upload.open")}
          </Button>
        )}
      </FilePicker>
      {Boolean(error) && <ErrorState error={error} />}
    </>
  );
}
