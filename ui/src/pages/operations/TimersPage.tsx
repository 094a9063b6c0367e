import { Badge, SegmentedControl, Text } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type Column, DataTable } from "@/components/DataTable";
import { DueBadge } from "@/components/DueBadge";
import { EmptyState } from "@/components/EmptyState";
import { useList } from "@/components/list";
import { PageHeader } from "@/components/PageHeader";
import { When } from "@/components/When";
import { useT } from "@/i18n";
import { CaseLink } from "./CaseLink";
import { type Timer, timersQuery } from "./lists";
import { Sections } from "./Sections";
import { Where } from "./Where";

const timerList = getRouteApi("/shell/operations/timers");

/** What will happen by itself, the next first. */
export function TimersPage() {
  const t = useT("operations");
  const search = timerList.useSearch();
  const navigate = useNavigate();
  const columns = useColumns();
  const { table } = useList(timersQuery(search));
  const show = (which: string) =>
    void navigate({
      to: "/operations/timers",
      search: which === "overdue" ? { overdue: true } : {},
      replace: true,
    });
  return (
    <div className="app-page">
      <PageHeader title={t("operations:timers.title")}>{t("operations:timers.text")}</PageHeader>
      <Sections here="timers" />
      <SegmentedControl
        size="xs"
        mb="xs"
        aria-label={t("operations:filters.which")}
        value={search.overdue ? "overdue" : "all"}
        onChange={show}
        data={[
          { value: "all", label: t("operations:timers.all") },
          { value: "overdue", label: t("operations:timers.overdue") },
        ]}
      />
      <DataTable
        {...table}
        label={t("operations:timers.title")}
        columns={columns}
        rowKey={(timer) => timer.timerKey}
        height="calc(100dvh - 220px)"
        empty={<EmptyState title={t("operations:timers.none")} />}
      />
    </div>
  );
}

function useColumns(): Column<Timer>[] {
  const t = useT("operations");
  return [
    {
      key: "due",
      header: t("operations:columns.due"),
      width: 158,
      render: (timer) => <DueBadge due={timer.dueAt} />,
    },
    {
      key: "at",
      header: t("operations:columns.at"),
      width: 180,
      render: (timer) => <When at={timer.dueAt} />,
    },
    {
      key: "step",
      header: t("operations:columns.step"),
      render: (timer) => <Where names={timer.names} processId={timer.processId} />,
    },
    {
      key: "case",
      header: t("operations:columns.case"),
      width: 140,
      render: (timer) =>
        timer.processInstanceKey ? (
          <CaseLink number={timer.caseNumber} />
        ) : (
          <Text size="sm" c="dimmed">
            {t("operations:timers.starts")}
          </Text>
        ),
    },
    {
      key: "repeats",
      header: t("operations:columns.repeats"),
      width: 120,
      render: ({ repetitions, blocked }) =>
        blocked ? (
          <Badge color="red">{t("operations:timers.blocked")}</Badge>
        ) : repetitions === 0 ? null : repetitions < 0 ? (
          t("operations:timers.forever")
        ) : (
          t("operations:timers.times", { count: repetitions })
        ),
    },
  ];
}
