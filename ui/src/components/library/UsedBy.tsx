import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { AppLink } from "@/components/AppLink";
import { type Column, DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { locale, useLanguage, useT } from "@/i18n";
import { ADDRESSES } from "./addresses";
import { type ModelId, type Use, usesQuery } from "./models";

/** The steps that use a model, in processes that new or running cases follow. */
export function UsedBy({ models }: { models: readonly ModelId[] }) {
  const t = useT("workspace");
  const found = useQuery(usesQuery(models));
  const columns = useColumns();
  return (
    <DataTable
      label={t("workspace:uses.title")}
      columns={columns}
      rows={found.data}
      rowKey={(use) => `${use.processKey} ${use.elementId}`}
      error={found.error}
      onRetry={() => void found.refetch()}
      empty={
        <EmptyState title={t("workspace:uses.empty")}>{t("workspace:uses.emptyText")}</EmptyState>
      }
    />
  );
}

function useColumns(): readonly Column<Use>[] {
  const t = useT("workspace");
  const language = useLanguage();
  const numbers = new Intl.NumberFormat(locale(language));
  return [
    {
      key: "process",
      header: t("workspace:uses.process"),
      render: ({ processId, processNames, processVersion, isNewest }) => (
        <AppLink
          to={ADDRESSES.bpmn.edit}
          params={{ id: processId }}
          search={isNewest ? {} : { version: processVersion }}
          fw={500}
        >
          {processNames[language]}
        </AppLink>
      ),
    },
    {
      key: "step",
      header: t("workspace:uses.step"),
      render: ({ elementNames }) => elementNames[language],
    },
    {
      key: "processVersion",
      header: t("workspace:uses.processVersion"),
      render: ({ processVersion, isNewest }) =>
        t(isNewest ? "workspace:version.live" : "workspace:version.old", {
          number: processVersion,
        }),
    },
    {
      key: "running",
      header: t("workspace:uses.running"),
      numeric: true,
      render: ({ runningInstances }) => numbers.format(runningInstances),
    },
    {
      key: "version",
      header: t("workspace:uses.version"),
      numeric: true,
      render: ({ version }) => (version === null ? "–" : numbers.format(version)),
    },
    {
      key: "binding",
      header: t("workspace:uses.binding"),
      render: ({ binding, versionTag }) => (
        <Text size="sm" lineClamp={1}>
          {t(`workspace:uses.bindings.${binding}`, { tag: versionTag ?? "" })}
        </Text>
      ),
    },
  ];
}
