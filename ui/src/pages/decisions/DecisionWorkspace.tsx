import { Select } from "@mantine/core";
import { useCallback, useMemo, useRef, useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import type { OpenedModel } from "@/components/library/OpenModel";
import { UsedBy } from "@/components/library/UsedBy";
import { useToast } from "@/components/toast";
import { Drawer } from "@/components/workspace/Drawer";
import { type Finding, useFindings } from "@/components/workspace/findings";
import { useWorkspace } from "@/components/workspace/useWorkspace";
import { WorkspaceFrame } from "@/components/workspace/WorkspaceFrame";
import { useLanguage, useT } from "@/i18n";
import type { DmnHandle, DmnProps } from "@/islands/dmn";
import { Island } from "@/islands/Island";
import { decisionsOf, parsed, placeOf } from "./reading";
import { TryRows } from "./TryRows";
import { useTries } from "./tries";
import "./decisions.css";

const load = () => import("@/islands/dmn");
const NONE: readonly Finding[] = [];
/** The diagram of all decisions, in the list of what can be shown. */
const DIAGRAM = "";

interface Props extends OpenedModel {
  decision: string;
  /** A decision of the file went live; it is opened again unless this leads elsewhere. */
  onDeployed?: (decision: string) => void;
}

/** The editor of decisions with all around it: findings, rows to try, drafts, deploying. */
export function DecisionWorkspace({
  title,
  decision,
  file,
  begun,
  versions,
  onDeployed,
  onReopen,
}: Props) {
  const t = useT("decisions");
  const tw = useT("workspace");
  const toast = useToast();
  const language = useLanguage();
  const workspace = useWorkspace(file, begun);
  const findings = useFindings(workspace.name, workspace.content);
  const [[canUndo, canRedo], setHistory] = useState([false, false]);
  const [view, setView] = useState<string | null>(decision);
  const [hits, setHits] = useState<readonly string[]>([]);
  const [failure, setFailure] = useState<unknown>();
  const onHistory = useCallback((undo: boolean, redo: boolean) => setHistory([undo, redo]), []);
  const editor = useRef<DmnHandle | null>(null);
  const tree = useMemo(() => parsed(workspace.content), [workspace.content]);
  const decisions = useMemo(() => decisionsOf(tree, language), [tree, language]);
  const models = decisions.map(({ id }) => ({ kind: "dmn" as const, id }));
  const tries = useTries(workspace.opened);

  const nameOf = (elementId: string) => {
    const place = placeOf(tree, elementId, language);
    if (!place?.rule) return place?.name;
    return t("decisions:rule", { name: place.name, number: place.rule });
  };
  const reveal = ({ elementId }: Finding) => {
    if (!elementId) return;
    const place = placeOf(tree, elementId, language);
    if (place) setView(place.decision);
    setTimeout(() => editor.current?.reveal(elementId));
  };
  const props = useMemo<DmnProps>(
    () => ({
      xml: workspace.opened,
      language,
      view,
      hits,
      examples: tries.examples,
      faults: (findings.data ?? NONE).flatMap(({ elementId }) => elementId ?? []),
      onChanged: workspace.onChanged,
      onView: setView,
      onHistory,
      onFailed: setFailure,
    }),
    [
      workspace.opened,
      workspace.onChanged,
      onHistory,
      language,
      view,
      hits,
      tries.examples,
      findings.data,
    ],
  );
  const asked = view ?? decision;
  const views = [
    ...decisions.map(({ id, name }) => ({ value: id, label: name })),
    { value: DIAGRAM, label: t("decisions:diagram") },
  ];
  return (
    <WorkspaceFrame
      title={title}
      workspace={workspace}
      kind="dmn"
      models={models}
      findings={findings}
      nameOf={nameOf}
      onFinding={reveal}
      steps={{
        canUndo,
        canRedo,
        undo: () => editor.current?.undo(),
        redo: () => editor.current?.redo(),
      }}
      versions={versions}
      tools={
        <Select
          size="xs"
          w={220}
          aria-label={t("decisions:shown")}
          data={views}
          value={view ?? DIAGRAM}
          allowDeselect={false}
          onChange={(chosen) => setView(chosen || null)}
        />
      }
      afterwards={t("decisions:afterwards")}
      onDeployed={() => {
        toast(t("decisions:deployed", { name: title }));
        if (onDeployed) onDeployed(asked);
        else onReopen();
      }}
      onReopen={onReopen}
    >
      {failure ? <ErrorState error={failure} /> : null}
      <section className="workspace-ground" aria-label={t("decisions:editor", { name: title })}>
        <Island load={load} props={props} handle={editor} className="dmn" />
      </section>
      <TryRows
        xml={workspace.content}
        decisions={decisions}
        decision={asked}
        rows={tries.rowsOf(asked)}
        onChanged={(rows) => tries.change(asked, rows)}
        onHits={setHits}
      />
      {versions && (
        <Drawer title={tw("workspace:uses.title")}>
          <div className="workspace-drawer-content">
            <UsedBy models={models} />
          </div>
        </Drawer>
      )}
    </WorkspaceFrame>
  );
}
