import { ActionIcon, Badge, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { usePeopleNames } from "@/api/directory";
import { usePermissions } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { type Column, DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { PageHeader } from "@/components/PageHeader";
import { When } from "@/components/When";
import { download } from "@/components/workspace/files";
import { locale, useLanguage, useT } from "@/i18n";
import { decisionsQuery, type Model, readDmn } from "./models";
import { OnlyOwners } from "./OnlyOwners";

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
  const nameOf = usePeopleNames();
  const numbers = new Intl.NumberFormat(locale(language));
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
    {
      key: "version",
      header: t("decisions:columns.version"),
      numeric: true,
      render: ({ version }) => numbers.format(version),
    },
    {
      key: "draft",
      header: t("decisions:columns.draft"),
      render: ({ draft }) =>
        draft && (
          <Badge color="orange">{t("decisions:draftOf", { who: nameOf(draft.savedBy) })}</Badge>
        ),
    },
    {
      key: "deployed",
      header: t("decisions:columns.deployed"),
      render: ({ deployedAt, deployedBy }) => (
        <>
          <When at={deployedAt} as="relative" />
          {deployedBy && ` · ${nameOf(deployedBy)}`}
        </>
      ),
    },
    {
      key: "why",
      header: t("decisions:columns.why"),
      render: ({ comment }) => (
        <Text size="sm" lineClamp={1} title={comment ?? undefined} maw={320}>
          {comment}
        </Text>
      ),
    },
    {
      key: "file",
      header: t("decisions:columns.file"),
      width: 80,
      render: ({ key, names, resourceName }) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("decisions:download", { name: names[language] })}
          title={t("decisions:download", { name: names[language] })}
          onClick={() => void readDmn(key).then((xml) => download(resourceName, xml))}
        >
          <IconDownload size={16} aria-hidden />
        </ActionIcon>
      ),
    },
  ];
}
