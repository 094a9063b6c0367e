import { Select } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import { useToast } from "@/components/toast";
import { ConflictDialog } from "@/components/workspace/ConflictDialog";
import { DeployDialog } from "@/components/workspace/DeployDialog";
import { DiscardDialog } from "@/components/workspace/DiscardDialog";
import type { OpenFile } from "@/components/workspace/drafts";
import { type Finding, useFindings } from "@/components/workspace/findings";
import { LeaveGuard } from "@/components/workspace/LeaveGuard";
import { Problems } from "@/components/workspace/Problems";
import { useWorkspace } from "@/components/workspace/useWorkspace";
import { WorkspaceBar } from "@/components/workspace/WorkspaceBar";
import { useLanguage, useT } from "@/i18n";
import type { DmnHandle, DmnProps } from "@/islands/dmn";
import { Island } from "@/islands/Island";
import { decisionsOf, parsed, placeOf } from "./reading";
import { TryRows } from "./TryRows";
import "./decisions.css";

const load = () => import("@/islands/dmn");
const NONE: readonly Finding[] = [];
/** The diagram of all decisions, in the list of what can be shown. */
const DIAGRAM = "";

interface Props {
  title: string;
  decision: string;
  file: OpenFile;
  /** Opens what the server has now, after it was deployed or thrown away. */
  onReopen: () => void;
}

/** The editor of decisions with all around it: findings, rows to try, drafts, deploying. */
export function DecisionWorkspace({ title, decision, file, onReopen }: Props) {
  const t = useT("decisions");
  const toast = useToast();
  const navigate = useNavigate();
  const language = useLanguage();
  const workspace = useWorkspace(file);
  const findings = useFindings(workspace.name, workspace.content);
  const [dialog, setDialog] = useState<"deploy" | "discard" | null>(null);
  const [view, setView] = useState<string | null>(decision);
  const [hits, setHits] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<unknown>();
  const editor = useRef<DmnHandle | null>(null);
  const tree = useMemo(() => parsed(workspace.content), [workspace.content]);
  const decisions = useMemo(() => decisionsOf(tree), [tree]);

  const nameOf = (elementId: string) => {
    const place = placeOf(tree, elementId);
    if (!place?.rule) return place?.name;
    return t("decisions:rule", { name: place.name, number: place.rule });
  };
  const reveal = ({ elementId }: Finding) => {
    if (!elementId) return;
    const place = placeOf(tree, elementId);
    if (place) setView(place.decision);
    setTimeout(() => editor.current?.reveal(elementId));
  };
  const props = useMemo<DmnProps>(
    () => ({
      xml: workspace.opened,
      language,
      view,
      hits,
      faults: (findings.data ?? NONE).flatMap(({ elementId }) => elementId ?? []),
      onChanged: workspace.onChanged,
      onView: setView,
      onFailed: setFailure,
    }),
    [workspace.opened, workspace.onChanged, language, view, hits, findings.data],
  );
  const views = [
    ...decisions.map(({ id, name }) => ({ value: id, label: name })),
    { value: DIAGRAM, label: t("decisions:diagram") },
  ];
  return (
    <div className="workspace">
      <WorkspaceBar
        title={title}
        workspace={workspace}
        accept=".dmn"
        onDeploy={() => setDialog("deploy")}
        onDiscard={() => setDialog("discard")}
      >
        <Select
          size="xs"
          w={220}
          aria-label={t("decisions:shown")}
          data={views}
          value={view ?? DIAGRAM}
          allowDeselect={false}
          onChange={(chosen) => setView(chosen || null)}
        />
      </WorkspaceBar>
      {Boolean(workspace.error) && <ErrorState error={workspace.error} />}
      {failure ? <ErrorState error={failure} /> : null}
      <section className="workspace-ground" aria-label={t("decisions:editor", { name: title })}>
        <Island load={load} props={props} handle={editor} className="dmn" />
      </section>
      <TryRows
        file={workspace.name}
        xml={workspace.content}
        decisions={decisions}
        decision={view ?? decision}
        onHits={setHits}
      />
      <Problems findings={findings.data} error={findings.error} nameOf={nameOf} onChosen={reveal} />
      <ConflictDialog workspace={workspace} onGone={onReopen} />
      <LeaveGuard isDirty={workspace.isDirty} />
      {dialog === "deploy" && (
        <DeployDialog
          workspace={workspace}
          findings={findings.data ?? NONE}
          nameOf={nameOf}
          onClose={() => setDialog(null)}
          onDeployed={() => {
            setDialog(null);
            toast(t("decisions:deployed", { name: title }));
            onReopen();
          }}
        />
      )}
      {dialog === "discard" && (
        <DiscardDialog
          workspace={workspace}
          onClose={() => setDialog(null)}
          onDiscarded={() => {
            setDialog(null);
            if (workspace.stored.basedOnKey) onReopen();
            else void navigate({ to: "/decisions", ignoreBlocker: true });
          }}
        />
      )}
    </div>
  );
}
