import { getRouteApi } from "@tanstack/react-router";
import { Badge, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconFolderSearch } from "@tabler/icons-react";
import { usePeopleNames } from "@/api/directory";
import { AppLink } from "@/components/AppLink";
import { type Column, DataTable, type Sorting } from "@/components/DataTable";
import { DueBadge } from "@/components/DueBadge";
import { EmptyState } from "@/components/EmptyState";
import { Found } from "@/components/Found";
import { useList } from "@/components/list";
import { PageHeader } from "@/components/PageHeader";
import { When } from "@/components/When";
import { useLanguage, useT } from "@/i18n";
import { CaseFilters } from "./CaseFilters";
import { StateBadge } from "./StateBadge";
import "./cases.css";
import { type CaseResult, casesQuery } from "./data";
import { type CasesSearch, SORTS } from "./search";

const caseList = getRouteApi("/shell/cases");

export function CasesPage() {
  const t = useT("cases");
  const search = caseList.useSearch();
  const navigate = caseList.useNavigate();
  const { first, table } = useList(casesQuery(search));
  const columns = useColumns();
  const isFiltered = Object.keys(search).some((key) => key !== "sort");

  const show = (next: CasesSearch) => void navigate({ search: next, replace: true });
  return (
    <div className="app-page cases-page">
      <PageHeader title={t("cases:title")}>
        <Found page={first?.page} />
      </PageHeader>
      <CaseFilters search={search} onChange={show} />
      <DataTable
        {...table}
        label={t("cases:title")}
        columns={columns}
        rowKey={(row) => row.number}
        sorting={sortingOf(search)}
        onSort={(sorting) => show({ ...search, sort: sortOf(sorting) })}
        onOpen={(row) =>
          void navigate({ to: "/cases/$number", params: { number: row.number }, search: {} })
        }
        empty={
          <EmptyState
            icon={IconFolderSearch}
            title={t(isFiltered ? "cases:list.none" : "cases:list.empty")}
            action={
              isFiltered && (
                <Button variant="default" size="compact-sm" onClick={() => show({})}>
                  {t("cases:filters.clear")}
                </Button>
              )
            }
          >
            {t(isFiltered ? "cases:list.noneText" : "cases:list.emptyText")}
          </EmptyState>
        }
      />
    </div>
  );
}

function sortingOf({ sort = "-startedAt" }: CasesSearch): Sorting {
  return { field: sort.replace("-", ""), order: sort.startsWith("-") ? "DESC" : "ASC" };
}

function sortOf({ field, order }: Sorting): (typeof SORTS)[number] {
  const wanted = order === "DESC" ? `-${field}` : field;
  return SORTS.find((one) => one === wanted) ?? "-startedAt";
}

function useColumns(): Column<CaseResult>[] {
  const t = useT("cases");
  const language = useLanguage();
  const person = usePeopleNames();
  return [
    {
      key: "number",
      header: t("cases:columns.number"),
      sort: "number",
      width: 130,
      render: (row) => (
        <AppLink
          to="/cases/$number"
          params={{ number: row.number }}
          size="sm"
          fw={600}
          className="app-number"
        >
          {row.number}
        </AppLink>
      ),
    },
    {
      key: "process",
      header: t("cases:columns.process"),
      render: (row) => row.processNames[language],
    },
    {
      key: "customer",
      header: t("cases:columns.customer"),
      render: (row) => (
        <>
          {row.customerName ?? row.customerId ?? "–"}
          {row.customerName && (
            <Text span size="xs" c="dimmed">
              {" "}
              {row.customerId}
            </Text>
          )}
        </>
      ),
    },
    {
      key: "state",
      header: t("cases:columns.state"),
      width: 150,
      render: (row) => (
        <Group gap={6} wrap="nowrap">
          <StateBadge state={row.state} />
          {row.incidents > 0 && (
            <Badge color="red" leftSection={<IconAlertTriangle size={12} aria-hidden />}>
              {t("cases:stopped")}
            </Badge>
          )}
        </Group>
      ),
    },
    {
      key: "due",
      header: t("cases:columns.due"),
      width: 158,
      render: (row) => <DueBadge due={row.nextDue} />,
    },
    {
      key: "who",
      header: t("cases:columns.who"),
      render: (row) =>
        row.assignees.length > 0
          ? row.assignees.map(person).join(t("common:comma"))
          : person(row.owner ?? "–"),
    },
    {
      key: "started",
      header: t("cases:columns.started"),
      sort: "startedAt",
      width: 165,
      render: (row) => (
        <span className="app-nowrap">
          <When at={row.startedAt} />
        </span>
      ),
    },
  ];
}
