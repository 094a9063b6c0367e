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
import { locale, useLanguage, useT } from "@/i18n";
import { formsQuery, readForm } from "./models";
import { NewForm } from "./NewForm";

/** The forms: what is live, who shows them, and what is being changed. */
export function FormsPage() {
  const { mayDeploy } = usePermissions();
  return mayDeploy ? <Forms /> : <OnlyOwners />;
}

function Forms() {
  const t = useT("forms");
  const navigate = useNavigate();
  const [isNewOpen, setNewOpen] = useState(false);
  const found = useInfiniteQuery(formsQuery);
  const rows = found.data?.pages.flatMap((page) => page.items);
  const open = (name: string) => void navigate({ to: "/forms/drafts/$name", params: { name } });
  const columns = useColumns();
  return (
    <div className="app-page">
      <PageHeader
        title={t("forms:title")}
        actions={
          <>
            <UploadDraft kind="form" onSaved={open} />
            <Button
              size="compact-md"
              leftSection={<IconPlus size={15} aria-hidden />}
              onClick={() => setNewOpen(true)}
            >
              {t("forms:new")}
            </Button>
          </>
        }
      >
        {t("forms:subtitle")}
      </PageHeader>
      <DataTable
        label={t("forms:title")}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        total={found.data?.pages[0]?.page.totalItems}
        error={found.error}
        onRetry={() => void found.refetch()}
        hasMore={found.hasNextPage}
        isLoadingMore={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
        empty={<EmptyState title={t("forms:empty")}>{t("forms:emptyText")}</EmptyState>}
      />
      <NewDrafts
        kind="form"
        deployed={rows?.map((row) => row.resourceName)}
        link={(name) => (
          <AppLink to="/forms/drafts/$name" params={{ name }} fw={500}>
            {name}
          </AppLink>
        )}
      />
      {isNewOpen && <NewForm onClose={() => setNewOpen(false)} />}
    </div>
  );
}

function useColumns(): readonly Column<Model>[] {
  const t = useT("forms");
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(locale(language));
  const { version, draft, deployed, why, file } = useModelColumns(({ key }) => readForm(key));
  return [
    {
      key: "name",
      header: t("forms:columns.name"),
      render: ({ id, names }) => (
        <AppLink to="/forms/$form/edit" params={{ form: id }} search={{}} fw={500}>
          {names[language]}
        </AppLink>
      ),
    },
    { key: "id", header: t("forms:columns.id"), render: ({ id }) => <code>{id}</code> },
    version,
    {
      key: "usedBy",
      header: t("forms:columns.usedBy"),
      numeric: true,
      render: ({ usedBy }) => numbers.format(usedBy),
    },
    draft,
    deployed,
    why,
    file,
  ];
}
