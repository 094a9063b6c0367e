import type { UseQueryResult } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import { ADDRESSES } from "@/components/library/addresses";
import type { ModelId } from "@/components/library/models";
import { ConflictDialog } from "./ConflictDialog";
import { DeployDialog } from "./DeployDialog";
import { DiscardDialog } from "./DiscardDialog";
import type { Deployment } from "./drafts";
import type { Finding } from "./findings";
import type { FileKind } from "./kinds";
import { LeaveGuard } from "./LeaveGuard";
import { Problems } from "./Problems";
import { RestoreDialog } from "./RestoreDialog";
import { type Steps, UndoRedo } from "./UndoRedo";
import type { Workspace } from "./useWorkspace";
import { type VersionChoice, VersionNote, VersionPicker } from "./Versions";
import { WorkspaceBar } from "./WorkspaceBar";

interface Props {
  title: string;
  workspace: Workspace;
  kind: FileKind;
  /** What the file holds that processes use. */
  models?: readonly ModelId[];
  findings: Pick<UseQueryResult<readonly Finding[]>, "data" | "error">;
  /** What is written on an element, for readers. */
  nameOf: (elementId: string) => string | undefined;
  /** Brings an element with a finding into sight. */
  onFinding: (finding: Finding) => void;
  steps?: Steps | undefined;
  versions?: VersionChoice | undefined;
  /** What else stands in the bar. */
  tools?: ReactNode;
  /** What becomes of running cases once it is deployed. */
  afterwards: string;
  onDeployed: (deployment: Deployment) => void;
  /** Opens what the server has now, after it was deployed, restored or thrown away. */
  onReopen: () => void;
  /** The editor, and drawers of the area. */
  children: ReactNode;
}

const NONE: readonly Finding[] = [];
const NO_MODELS: readonly ModelId[] = [];

/** An editor with all around it: drafts, conflicts, findings, versions, deploying. */
export function WorkspaceFrame(props: Props) {
  const { workspace, versions, findings, nameOf, onReopen, children } = props;
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<"deploy" | "discard" | "restore" | null>(null);
  const close = () => setDialog(null);
  const isEarlier = versions?.shown !== undefined;
  const restore = async () => {
    close();
    if (await workspace.save()) onReopen();
  };
  const save = () => {
    if (!isEarlier) void workspace.save();
    else if (workspace.stored.revision !== null) setDialog("restore");
    else void restore();
  };
  return (
    <div className="workspace">
      <WorkspaceBar
        title={props.title}
        workspace={workspace}
        kind={props.kind}
        isEarlier={isEarlier}
        onSave={save}
        onDeploy={() => setDialog("deploy")}
        onDiscard={() => setDialog("discard")}
      >
        {props.steps && <UndoRedo {...props.steps} />}
        {props.tools}
        {versions && <VersionPicker {...versions} />}
      </WorkspaceBar>
      {versions && <VersionNote {...versions} />}
      {Boolean(workspace.error) && <ErrorState error={workspace.error} />}
      {children}
      <Problems
        findings={findings.data}
        error={findings.error}
        nameOf={nameOf}
        onChosen={props.onFinding}
      />
      <ConflictDialog workspace={workspace} onGone={onReopen} />
      <LeaveGuard isDirty={workspace.isDirty} />
      {dialog === "deploy" && (
        <DeployDialog
          workspace={workspace}
          findings={findings.data ?? NONE}
          nameOf={nameOf}
          models={props.models ?? NO_MODELS}
          afterwards={props.afterwards}
          onClose={close}
          onDeployed={(deployment) => {
            close();
            props.onDeployed(deployment);
          }}
        />
      )}
      {dialog === "discard" && (
        <DiscardDialog
          workspace={workspace}
          onClose={close}
          onDiscarded={() => {
            close();
            if (workspace.stored.basedOnKey) onReopen();
            else void navigate({ to: ADDRESSES[props.kind].list, ignoreBlocker: true });
          }}
        />
      )}
      {dialog === "restore" && (
        <RestoreDialog workspace={workspace} onClose={close} onRestore={() => void restore()} />
      )}
    </div>
  );
}
