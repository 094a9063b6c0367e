import { getRouteApi } from "@tanstack/react-router";
import { Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { AppLink } from "@/components/AppLink";
import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { useNow } from "@/hooks/clock";
import { useLanguage, useT } from "@/i18n";
import type { Case, ProcessPath } from "./data";
import { pathQuery } from "./data";
import { ElementPanel } from "./ElementPanel";
import { marksOf } from "./marks";
import { PathTable } from "./PathTable";
import { ProcessDiagram } from "./ProcessDiagram";

const oneCase = getRouteApi("/shell/cases/$number");

/** Where the tokens are and which way they came, on the diagram of each process of the case. */
export function DiagramTab({ one }: { one: Case }) {
  const t = useT("cases");
  const { instance } = oneCase.useSearch();
  const found = useQuery(pathQuery(one.number));
  if (!found.data && found.error)
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading rows={8} />;
  const paths = found.data.items;
  const path = paths.find((known) => known.process.processInstanceKey === instance) ?? paths[0];
  if (!path) return <EmptyState title={t("cases:diagram.none")} />;
  return <Shown one={one} paths={paths} path={path} />;
}

interface Props {
  one: Case;
  paths: readonly ProcessPath[];
  path: ProcessPath;
}

function Shown({ one, paths, path }: Props) {
  const t = useT("cases");
  const language = useLanguage();
  const { element } = oneCase.useSearch();
  const navigate = oneCase.useNavigate();
  const now = useNow();
  const minute = Math.floor(now.getTime() / 60_000);
  const instance = path.process.processInstanceKey;
  const marks = useMemo(() => {
    const late = one.tasks.filter(
      (task) =>
        task.processInstanceKey === instance &&
        task.dueDate !== null &&
        new Date(task.dueDate).getTime() < minute * 60_000,
    );
    return marksOf(path, new Set(late.map((task) => task.elementId)), element);
  }, [path, one.tasks, instance, element, minute]);

  const caller = paths.find(
    (known) => known.process.processInstanceKey === path.process.parentProcessInstanceKey,
  );
  const choose = (chosen: string | undefined) =>
    void navigate({
      search: { tab: "diagram", instance, ...(chosen && { element: chosen }) },
      replace: true,
    });
  return (
    <div className="case-diagram">
      {paths.length > 1 && (
        <Select
          size="xs"
          w={320}
          label={t("cases:diagram.process")}
          allowDeselect={false}
          value={instance}
          data={paths.map(({ process }) => ({
            value: process.processInstanceKey,
            label: `${process.processNames[language]} · ${t(`cases:states.${process.state}`)}`,
          }))}
          onChange={(chosen) =>
            void navigate({ search: { tab: "diagram", ...(chosen && { instance: chosen }) } })
          }
        />
      )}
      {caller && (
        <AppLink
          to="/cases/$number"
          params={{ number: one.number }}
          search={{ tab: "diagram", instance: caller.process.processInstanceKey }}
          size="sm"
        >
          {t("cases:diagram.caller", { process: caller.process.processNames[language] })}
        </AppLink>
      )}
      <Legend />
      <div className="case-drawing">
        <ProcessDiagram process={path.process} marks={marks} onChosen={choose} />
      </div>
      {element && <ElementPanel one={one} path={path} elementId={element} />}
      <PathTable path={path} chosen={element} onChosen={choose} />
    </div>
  );
}

function Legend() {
  const t = useT("cases");
  return (
    <Text size="xs" c="dimmed" component="div" className="legend">
      {(["active", "done", "late", "incident"] as const).map((mark) => (
        <span key={mark}>
          <i className={`legend-${mark}`} aria-hidden />
          {t(`cases:diagram.marks.${mark}`)}
        </span>
      ))}
    </Text>
  );
}
