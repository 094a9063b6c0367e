import { Tabs } from "@mantine/core";
import { useCallback, useMemo, useRef, useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import type { OpenedModel } from "@/components/library/OpenModel";
import { UsedBy } from "@/components/library/UsedBy";
import { useToast } from "@/components/toast";
import type { Deployment } from "@/components/workspace/drafts";
import { type Finding, useFindings } from "@/components/workspace/findings";
import { useWorkspace } from "@/components/workspace/useWorkspace";
import { WorkspaceFrame } from "@/components/workspace/WorkspaceFrame";
import { useLanguage, useT } from "@/i18n";
import type { FormEditorHandle, FormEditorProps } from "@/islands/formeditor";
import { Island } from "@/islands/Island";
import { formOf, labelOf, titleOf } from "./reading";
import { Translations } from "./Translations";
import { TryForm } from "./TryForm";
import { useTypedSteps } from "./typedSteps";
import "./forms.css";

const load = () => import("@/islands/formeditor");

const TABS = ["design", "translations", "try", "uses"] as const;
type Tab = (typeof TABS)[number];

interface Props extends OpenedModel {
  /** The id of the form, once it is deployed. */
  form?: string;
  onDeployed?: (form: string) => void;
}

/** The editor of a form with all around it: design, texts in both languages, trying, who uses it. */
export function FormWorkspace(props: Props) {
  const { title, form, file, begun, versions, onDeployed, onReopen } = props;
  const t = useT("forms");
  const toast = useToast();
  const language = useLanguage();
  const workspace = useWorkspace(file, begun);
  const findings = useFindings(workspace.name, workspace.content);
  const [tab, setTab] = useState<Tab>("design");
  const [[canUndo, canRedo], setHistory] = useState([false, false]);
  const [failure, setFailure] = useState<unknown>();
  const editor = useRef<FormEditorHandle | null>(null);
  const typed = useTypedSteps(workspace.content, workspace.replace);
  const document = useMemo(() => formOf(workspace.content), [workspace.content]);
  const models = form ? [{ kind: "form" as const, id: form }] : [];
  const shown = (document && titleOf(document, language)) || title;
  const onHistory = useCallback((undo: boolean, redo: boolean) => setHistory([undo, redo]), []);
  const island = useMemo<FormEditorProps>(
    () => ({
      content: workspace.content,
      language,
      isShown: tab === "design",
      onChanged: workspace.onChanged,
      onHistory,
      onFailed: setFailure,
    }),
    [workspace.content, workspace.onChanged, language, tab, onHistory],
  );
  const reveal = ({ elementId }: Finding) => {
    setTab("design");
    if (elementId) editor.current?.select(elementId);
  };
  const deployed = (deployment: Deployment) => {
    toast(t("forms:deployed", { name: shown }));
    const made = deployment.models.find(({ resourceName }) => resourceName === workspace.name);
    if (made && onDeployed) onDeployed(made.id);
    else onReopen();
  };
  const drawn = {
    canUndo,
    canRedo,
    undo: () => editor.current?.undo(),
    redo: () => editor.current?.redo(),
  };
  return (
    <WorkspaceFrame
      title={shown}
      workspace={workspace}
      kind="form"
      models={models}
      findings={findings}
      nameOf={(elementId) => (document ? labelOf(document, elementId) : undefined)}
      onFinding={reveal}
      steps={tab === "translations" ? typed.steps : drawn}
      versions={versions}
      afterwards={t("forms:afterwards")}
      onDeployed={deployed}
      onReopen={onReopen}
    >
      {failure ? <ErrorState error={failure} /> : null}
      <Tabs
        value={tab}
        onChange={(chosen) => setTab(chosen as Tab)}
        className="form-tabs"
        keepMounted={false}
        keepMountedMode="display-none"
      >
        <Tabs.List aria-label={t("forms:parts")}>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`forms:tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="design" keepMounted className="form-design">
          <Island load={load} props={island} handle={editor} className="formeditor" />
        </Tabs.Panel>
        <Tabs.Panel value="translations" className="form-panel">
          {document && <Translations form={document} onChanged={typed.change} />}
        </Tabs.Panel>
        <Tabs.Panel value="try" className="form-panel">
          {document && <TryForm file={workspace.name} form={document} />}
        </Tabs.Panel>
        <Tabs.Panel value="uses" className="form-panel">
          <UsedBy models={models} />
        </Tabs.Panel>
      </Tabs>
    </WorkspaceFrame>
  );
}
