import { Text } from "@mantine/core";
import { usePeopleNames, useProcessNames } from "@/api/directory";
import { useUsername } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { DataTable, type Column, type Sorting } from "@/components/DataTable";
import { DueBadge } from "@/components/DueBadge";
import { EmptyState } from "@/components/EmptyState";
import { useT } from "@/i18n";
import { sortingOf, type WorkSearch } from "./search";
import { type Task, taskName } from "./tasks";

interface Props {
  search: WorkSearch;
  tasks: readonly Task[] | undefined;
  total: number | undefined;
  error: unknown;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
  onRetry: () => void;
  onSort: (sorting: Sorting) => void;
  onOpen: (task: Task) => void;
  chosen: ReadonlySet<string>;
  onChoose: (task: Task, upTo: boolean) => void;
}

export function TaskTable({ search, tasks, onOpen, chosen, onChoose, ...list }: Props) {
  const t = useT("work");
  const columns = useColumns(search, onOpen);
  const labelOf = (task: Task) =>
    t("work:bulk.choose", { which: `${task.businessId ?? ""} ${taskName(task)}` });
  const isFiltered = Boolean(search.q || search.due || search.process);
  return (
    <DataTable
      {...list}
      label={t("work:title")}
      columns={columns}
      rows={tasks}
      rowKey={(task) => task.userTaskKey}
      sorting={sortingOf(search)}
      current={search.task}
      onOpen={onOpen}
      choice={{ keys: chosen, label: labelOf, onChoose }}
      height="100%"
      empty={
        <EmptyState title={t(isFiltered ? "work:empty.filtered" : "work:empty.title")}>
          {t(isFiltered ? "work:empty.filteredText" : "work:empty.text")}
        </EmptyState>
      }
    />
  );
}

function useColumns(search: WorkSearch, onOpen: (task: Task) => void): Column<Task>[] {
  const t = useT("work");
  const nameOf = usePeopleNames();
  const processes = useProcessNames();
  const me = useUsername();
  return [
    {
      key: "due",
      header: t("work:columns.due"),
      sort: "dueDate",
      width: 158,
      render: (task) => <DueBadge due={task.dueDate} since={task.creationDate} />,
    },
    {
      key: "task",
      header: t("work:columns.task"),
      sort: "name",
      render: (task) => (
        <>
          <AppLink
            to="/work/$task"
            params={{ task: task.userTaskKey }}
            search={search}
            underline="hover"
            size="sm"
            fw={500}
            onClick={(event) => {
              event.stopPropagation();
              if (event.ctrlKey || event.metaKey) return;
              event.preventDefault();
              onOpen(task);
            }}
          >
            {taskName(task)}
          </AppLink>
          <Text size="xs" c="dimmed">
            {processes.get(task.processDefinitionId) ?? task.processName}
          </Text>
        </>
      ),
    },
    {
      key: "case",
      header: t("work:columns.case"),
      sort: "businessId",
      width: 96,
      render: (task) => <span className="work-number">{task.businessId}</span>,
    },
    {
      key: "owner",
      header: t("work:columns.owner"),
      width: 84,
      secondary: true,
      render: (task) =>
        task.assignee === null ? (
          <Text size="sm" c="dimmed">
            {t("work:nobody")}
          </Text>
        ) : task.assignee === me ? (
          t("work:me")
        ) : (
          nameOf(task.assignee)
        ),
    },
    {
      key: "priority",
      header: t("work:columns.priority"),
      sort: "priority",
      width: 64,
      numeric: true,
      secondary: true,
      render: (task) => task.priority,
    },
  ];
}
