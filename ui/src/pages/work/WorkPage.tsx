import { useMediaQuery } from "@mantine/hooks";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef } from "react";
import { usePermissions } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { EmptyState } from "@/components/EmptyState";
import { Loading } from "@/components/Loading";
import { PageHeader } from "@/components/PageHeader";
import { useKeys } from "@/hooks/keys";
import { useT } from "@/i18n";
import { BulkBar } from "./BulkBar";
import { Arrivals } from "./Arrivals";
import { Filters } from "./Filters";
import type { WorkSearch } from "./search";
import { focusTask } from "./focus";
import { useFirstView } from "./views";
import { useSelection } from "./selection";
import { TaskTable } from "./TaskTable";
import type { Task } from "./tasks";
import { useWorkList } from "./useWorkList";
import "./work.css";

const workList = getRouteApi("/shell/work");

const TaskPanel = lazy(() => import("./TaskPanel"));
const WIDE = "(min-width: 1000px)";

/** The work list, with the task under the cursor beside it where there is room. */
export function WorkPage() {
  const t = useT("work");
  const search = workList.useSearch();
  const navigate = useNavigate();
  const isWide = useMediaQuery(WIDE, undefined, { getInitialValueInEffect: false });
  const panel = useRef<HTMLElement>(null);
  const { doesTasks } = usePermissions();
  const { isKnown, first } = useFirstView(search);
  const list = useWorkList(search, doesTasks && isKnown && !first);
  useEffect(() => {
    if (first) void navigate({ to: "/work", search: { ...first, ...search }, replace: true });
  }, [first, search, navigate]);

  const { keys, chosen, toggle, clear } = useSelection(list.table.tasks);

  const change = (changes: Partial<Record<keyof WorkSearch, unknown>>) =>
    void navigate({
      to: "/work",
      search: (before) => ({ ...before, ...changes }) as WorkSearch,
      replace: true,
    });
  const show = (task: Task | undefined) => task && change({ task: task.userTaskKey });
  const open = (task: Task) => {
    if (isWide) return show(task);
    return navigate({ to: "/work/$task", params: { task: task.userTaskKey }, search });
  };
  const enter = () => {
    if (!list.current) return;
    if (isWide) focusTask(panel.current);
    else void open(list.current);
  };
  useKeys([
    { key: "j", label: t("work:keys.next"), run: () => show(list.at(1)) },
    { key: "k", label: t("work:keys.previous"), run: () => show(list.at(-1)) },
    {
      key: "x",
      label: t("work:keys.choose"),
      run: () => list.current && toggle(list.current, false),
    },
    { key: "Enter", label: t("work:keys.open"), run: enter },
  ]);
  const goOn = () => {
    change({ task: list.afterwards?.userTaskKey });
    list.refresh();
  };
  if (!doesTasks)
    return (
      <EmptyState
        title={t("work:noWork.title")}
        isPage
        action={<AppLink to="/cases">{t("work:noWork.cases")}</AppLink>}
      >
        {t("work:noWork.text")}
      </EmptyState>
    );
  return (
    <div className="work" data-split={isWide || undefined}>
      <section className="work-list" aria-label={t("work:title")}>
        <PageHeader title={t("work:title")} />
        <Filters
          search={search}
          onShow={(saved) => void navigate({ to: "/work", search: saved })}
          onChange={change}
        />
        <Arrivals search={search} since={list.readAt} onShow={list.refresh} />
        <BulkBar chosen={chosen} onClear={clear} />
        <TaskTable
          {...list.table}
          search={search}
          onSort={({ field, order }) =>
            change({ sort: field, desc: order === "DESC" ? true : undefined })
          }
          onOpen={(task) => void open(task)}
          chosen={keys}
          onChoose={toggle}
        />
      </section>
      {isWide && (
        <aside className="work-task" ref={panel} aria-label={t("work:task.label")}>
          {search.task ? (
            <Suspense fallback={<Loading />}>
              <TaskPanel key={search.task} taskKey={search.task} onDone={goOn} />
            </Suspense>
          ) : (
            <EmptyState title={t("work:task.none")}>{t("work:task.noneText")}</EmptyState>
          )}
        </aside>
      )}
    </div>
  );
}
