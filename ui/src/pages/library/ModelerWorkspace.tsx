import { Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, type RefObject, useCallback, useMemo, useRef, useState } from "react";
import { answer, api } from "@/api/client";
import { Diagram } from "@/components/Diagram";
import { ErrorState } from "@/components/ErrorState";
import type { OpenedModel } from "@/components/library/OpenModel";
import { Loading } from "@/components/Loading";
import { useToast } from "@/components/toast";
import type { Deployment } from "@/components/workspace/drafts";
import { type Finding, useFindings } from "@/components/workspace/findings";
import { useWorkspace } from "@/components/workspace/useWorkspace";
import { WorkspaceFrame } from "@/components/workspace/WorkspaceFrame";
import { ZoomButtons } from "@/components/ZoomButtons";
import { useLanguage, useT } from "@/i18n";
import { Island } from "@/islands/Island";
import type { ModelerHandle, ModelerProps } from "@/islands/modeler";
import "./library.css";

const load = () => import("@/islands/modeler");
const NO_MARKS: readonly never[] = [];
const NONE: readonly Finding[] = [];

interface Props extends OpenedModel {
  /** What the area adds to the bar. */
  tools?: ReactNode;
}

/** The modeler with all around it. */
export function ModelerWorkspace({ title, file, begun, versions, tools, onReopen }: Props) {
  const t = useT("workspace");
  const toast = useToast();
  const navigate = useNavigate();
  const workspace = useWorkspace(file, begun);
  const findings = useFindings(workspace.name, workspace.content);
  const [[canUndo, canRedo], setHistory] = useState([false, false]);
  const modeler = useRef<ModelerHandle | null>(null);
  const drawing = useDrawing(workspace.opened, findings.data ?? NONE, {
    onChanged: workspace.onChanged,
    onHistory: useCallback((undo: boolean, redo: boolean) => setHistory([undo, redo]), []),
  });
  const running = sum(versions?.versions.map((one) => one.runningInstances ?? 0) ?? []);

  const deployed = (deployment: Deployment) => {
    toast(t("workspace:deployed", { name: title }));
    const process = deployment.models.find(
      (model) => model.kind === "process" && model.resourceName === workspace.name,
    );
    if (process) {
      const params = { id: process.id };
      void navigate({ to: "/processes/$id/edit", params, search: {}, ignoreBlocker: true });
    }
    onReopen();
  };
  return (
    <WorkspaceFrame
      title={title}
      workspace={workspace}
      kind="bpmn"
      findings={findings}
      nameOf={(elementId) => modeler.current?.nameOf(elementId)}
      onFinding={({ elementId }) => elementId && modeler.current?.select(elementId)}
      steps={{
        canUndo,
        canRedo,
        undo: () => modeler.current?.undo(),
        redo: () => modeler.current?.redo(),
      }}
      versions={versions}
      tools={tools}
      afterwards={t("workspace:deploy.running", { count: running })}
      onDeployed={deployed}
      onReopen={onReopen}
    >
      {drawing.error ? <ErrorState error={drawing.error} /> : null}
      <section className="workspace-ground" aria-label={t("workspace:drawing", { name: title })}>
        <Drawing props={drawing.props} xml={workspace.content} title={title} handle={modeler} />
      </section>
    </WorkspaceFrame>
  );
}

interface DrawingProps {
  props: ModelerProps | null;
  xml: string;
  title: string;
  handle: RefObject<ModelerHandle | null>;
}

/** The modeler; a narrow window shows the diagram to read. */
function Drawing({ props, xml, title, handle }: DrawingProps) {
  const t = useT("library");
  const isNarrow = useMediaQuery("(max-width: 48em)", undefined, {
    getInitialValueInEffect: false,
  });
  if (!props) return <Loading />;
  if (!isNarrow)
    return (
      <div className="modeler-place">
        <Island load={load} props={props} handle={handle} className="modeler" />
        <ZoomButtons onZoom={(how) => handle.current?.zoom(how)} />
      </div>
    );
  return (
    <div className="modeler-narrow">
      <Text size="sm" role="note" px="md" py={6}>
        {t("library:narrow")}
      </Text>
      <Diagram label={title} xml={xml} marks={NO_MARKS} />
    </div>
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => one + other, 0);
}

type Events = Pick<ModelerProps, "onChanged" | "onHistory">;

/** What the island is given; null until the templates are there. */
function useDrawing(xml: string, findings: readonly Finding[], events: Events) {
  const language = useLanguage();
  const [failure, setFailure] = useState<unknown>();
  const { onChanged, onHistory } = events;
  const templates = useQuery({
    queryKey: ["templates"],
    queryFn: () => answer(api.GET("/api/templates")),
    staleTime: Infinity,
  });
  const props = useMemo<ModelerProps | null>(() => {
    if (!templates.data) return null;
    const marks = findings.flatMap(({ elementId, severity, messageEn, messageZh }) =>
      elementId ? [{ elementId, severity, text: language === "zh" ? messageZh : messageEn }] : [],
    );
    return {
      xml,
      language,
      templates: templates.data.items,
      findings: marks,
      onChanged,
      onHistory,
      onFailed: setFailure,
    };
  }, [xml, findings, language, templates.data, onChanged, onHistory]);
  return { props, error: failure ?? templates.error };
}
