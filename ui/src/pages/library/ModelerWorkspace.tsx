import { ActionIcon } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { answer, api } from "@/api/client";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { useToast } from "@/components/toast";
import { ConflictDialog } from "@/components/workspace/ConflictDialog";
import { DeployDialog } from "@/components/workspace/DeployDialog";
import { DiscardDialog } from "@/components/workspace/DiscardDialog";
import type { Deployment, OpenFile } from "@/components/workspace/drafts";
import { type Finding, useFindings } from "@/components/workspace/findings";
import { LeaveGuard } from "@/components/workspace/LeaveGuard";
import { Problems } from "@/components/workspace/Problems";
import { useWorkspace } from "@/components/workspace/useWorkspace";
import { WorkspaceBar } from "@/components/workspace/WorkspaceBar";
import { useLanguage, useT } from "@/i18n";
import { Island } from "@/islands/Island";
import type { ModelerHandle, ModelerProps } from "@/islands/modeler";

const load = () => import("@/islands/modeler");
const NONE: readonly Finding[] = [];

interface Props {
  title: string;
  file: OpenFile;
  begun: string;
  /** Opens what the server has now, after it was deployed or thrown away. */
  onReopen: () => void;
  children?: ReactNode;
}

/** The modeler with all around it: drafts, findings, deploying. */
export function ModelerWorkspace({ title, file, begun, onReopen, children }: Props) {
  const t = useT("workspace");
  const toast = useToast();
  const navigate = useNavigate();
  const workspace = useWorkspace(file, begun);
  const findings = useFindings(workspace.name, workspace.content);
  const [dialog, setDialog] = useState<"deploy" | "discard" | null>(null);
  const [[canUndo, canRedo], setHistory] = useState([false, false]);
  const modeler = useRef<ModelerHandle | null>(null);
  const drawing = useDrawing(workspace.opened, findings.data ?? NONE, {
    onChanged: workspace.onChanged,
    onHistory: useCallback((undo: boolean, redo: boolean) => setHistory([undo, redo]), []),
  });
  const nameOf = (elementId: string) => modeler.current?.nameOf(elementId);

  const deployed = (deployment: Deployment) => {
    setDialog(null);
    toast(t("workspace:deployed", { name: title }));
    const process = deployment.models.find(
      (model) => model.kind === "process" && model.resourceName === workspace.name,
    );
    if (!process) return onReopen();
    const params = { process: process.id };
    void navigate({ to: "/processes/$process/edit", params, search: {}, ignoreBlocker: true });
    onReopen();
  };
  return (
    <div className="workspace">
      <WorkspaceBar
        title={title}
        workspace={workspace}
        accept=".bpmn"
        onDeploy={() => setDialog("deploy")}
        onDiscard={() => setDialog("discard")}
      >
        <ActionIcon.Group>
          <ActionIcon
            variant="default"
            disabled={!canUndo}
            aria-label={t("workspace:undo")}
            title={t("workspace:undo")}
            onClick={() => modeler.current?.undo()}
          >
            <IconArrowBackUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            disabled={!canRedo}
            aria-label={t("workspace:redo")}
            title={t("workspace:redo")}
            onClick={() => modeler.current?.redo()}
          >
            <IconArrowForwardUp size={16} aria-hidden />
          </ActionIcon>
        </ActionIcon.Group>
        {children}
      </WorkspaceBar>
      {Boolean(workspace.error) && <ErrorState error={workspace.error} />}
      {drawing.error ? <ErrorState error={drawing.error} /> : null}
      <section className="workspace-ground" aria-label={t("workspace:drawing", { name: title })}>
        {drawing.props ? (
          <Island load={load} props={drawing.props} handle={modeler} className="modeler" />
        ) : (
          <Loading />
        )}
      </section>
      <Problems
        findings={findings.data}
        error={findings.error}
        nameOf={nameOf}
        onChosen={({ elementId }) => elementId && modeler.current?.select(elementId)}
      />
      <ConflictDialog workspace={workspace} onGone={onReopen} />
      <LeaveGuard isDirty={workspace.isDirty} />
      {dialog === "deploy" && (
        <DeployDialog
          workspace={workspace}
          findings={findings.data ?? NONE}
          nameOf={nameOf}
          onClose={() => setDialog(null)}
          onDeployed={deployed}
        />
      )}
      {dialog === "discard" && (
        <DiscardDialog
          workspace={workspace}
          onClose={() => setDialog(null)}
          onDiscarded={() => {
            setDialog(null);
            if (workspace.stored.basedOnKey) onReopen();
            else void navigate({ to: "/processes", ignoreBlocker: true });
          }}
        />
      )}
    </div>
  );
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
