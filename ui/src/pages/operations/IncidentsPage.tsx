import { Button, Group, NativeSelect, SegmentedControl, Text } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePermissions } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { type Column, DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { useList } from "@/components/list";
import { PageHeader } from "@/components/PageHeader";
import { When } from "@/components/When";
import { useLanguage, useT } from "@/i18n";
import { CaseLink } from "./CaseLink";
import { IncidentPanel } from "./IncidentPanel";
import { type Incident, incidentsQuery } from "./lists";
import { ProcessFilter } from "./ProcessFilter";
import { RetryAll } from "./RetryAll";
import { CAUSES, type IncidentsSearch } from "./search";
import { Sections } from "./Sections";
import { Where } from "./Where";
import { WorkFilter } from "./WorkFilter";
import { useWorkNames } from "./works";
import "./operations.css";

const incidentList = getRouteApi("/shell/operations/incidents");

/** Where cases have stopped, what happened in words, and the way out. */
export function IncidentsPage() {
  const t = useT("operations");
  const search = incidentList.useSearch();
  const navigate = useNavigate();
  const { mayOperate } = usePermissions();
  const [asksAll, askAll] = useState(false);
  const { table } = useList(incidentsQuery(search));
  const change = (changes: Partial<Record<keyof IncidentsSearch, unknown>>) =>
    void navigate({
      to: "/operations/incidents",
      search: (before) => ({ ...before, ...changes }) as IncidentsSearch,
      replace: true,
    });
  const columns = useColumns((one) => change({ incident: one.incidentKey }));
  const shown = table.rows?.find((one) => one.incidentKey === search.incident);
  const canRetryAll = mayOperate && !search.resolved && (table.total ?? 0) > 0;
  return (
    <div className="app-page">
      <PageHeader
        title={t("operations:incidents.title")}
        actions={
          canRetryAll && (
            <Button size="compact-md" variant="default" onClick={() => askAll(true)}>
              {t("operations:incidents.retryAll")}
            </Button>
          )
        }
      >
        {t("operations:incidents.text")}
      </PageHeader>
      <Sections here="incidents" />
      <Filters search={search} onChange={change} />
      <DataTable
        {...table}
        label={t("operations:incidents.title")}
        columns={columns}
        rowKey={(one) => one.incidentKey}
        current={search.incident}
        onOpen={(one) => change({ incident: one.incidentKey })}
        height="calc(100dvh - 220px)"
        empty={
          <EmptyState title={t("operations:incidents.none")}>
            {t("operations:incidents.noneText")}
          </EmptyState>
        }
      />
      {shown && <IncidentPanel incident={shown} onClose={() => change({ incident: undefined })} />}
      {asksAll && (
        <RetryAll search={search} total={table.total ?? 0} onClose={() => askAll(false)} />
      )}
    </div>
  );
}

interface FiltersProps {
  search: IncidentsSearch;
  onChange: (changes: Partial<Record<keyof IncidentsSearch, unknown>>) => void;
}

function Filters({ search, onChange }: FiltersProps) {
  const t = useT("operations");
  return (
    <Group gap={6} mb="xs">
      <SegmentedControl
        size="xs"
        aria-label={t("operations:filters.which")}
        value={search.resolved ? "resolved" : "open"}
        onChange={(chosen) => onChange({ resolved: chosen === "resolved" || undefined })}
        data={[
          { value: "open", label: t("operations:incidents.open") },
          { value: "resolved", label: t("operations:incidents.resolved") },
        ]}
      />
      <NativeSelect
        size="xs"
        aria-label={t("operations:filters.cause")}
        value={search.cause ?? ""}
        onChange={(event) => onChange({ cause: event.currentTarget.value || undefined })}
        data={[
          { value: "", label: t("operations:filters.anyCause") },
          ...CAUSES.map((value) => ({ value, label: t(`operations:causes.${value}`) })),
        ]}
      />
      <WorkFilter value={search.work} onChange={(work) => onChange({ work })} />
      <ProcessFilter value={search.process} onChange={(process) => onChange({ process })} />
    </Group>
  );
}

function useColumns(onOpen: (incident: Incident) => void): Column<Incident>[] {
  const t = useT("operations");
  const language = useLanguage();
  const works = useWorkNames();
  return [
    {
      key: "happened",
      header: t("operations:columns.happened"),
      render: (one) => (
        <>
          <AppLink
            to="/operations/incidents"
            search={(before) => ({ ...before, incident: one.incidentKey })}
            size="sm"
            fw={500}
            onClick={(event) => {
              event.stopPropagation();
              if (event.ctrlKey || event.metaKey) return;
              event.preventDefault();
              onOpen(one);
            }}
          >
            {one[language].happened}
          </AppLink>
          {one.jobType && <Text size="xs">{works.get(one.jobType) ?? one.jobType}</Text>}
          <Text size="xs" c="dimmed" lang="en" lineClamp={1} className="operations-message">
            {one.message}
          </Text>
        </>
      ),
    },
    {
      key: "step",
      header: t("operations:columns.step"),
      width: 220,
      render: (one) => <Where names={one.names} processId={one.processId} />,
    },
    {
      key: "case",
      header: t("operations:columns.case"),
      width: 120,
      render: (one) => <CaseLink number={one.caseNumber} />,
    },
    {
      key: "since",
      header: t("operations:columns.since"),
      width: 120,
      render: (one) => <When at={one.creationTime} as="relative" />,
    },
  ];
}
