import { ActionIcon, Button, Group, Menu, Text, Title } from "@mantine/core";
import {
  IconDots,
  IconDownload,
  IconHistory,
  IconRocket,
  IconTrash,
  IconUpload,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { usePeopleNames } from "@/api/directory";
import { absolute } from "@/components/time";
import { useKeys } from "@/hooks/keys";
import { useTitle } from "@/hooks/useTitle";
import { useLanguage, useT } from "@/i18n";
import { FilePicker } from "./FilePicker";
import { download } from "./files";
import type { FileKind } from "./kinds";
import type { Workspace } from "./useWorkspace";
import "./workspace.css";

interface Props {
  title: string;
  workspace: Workspace;
  kind: FileKind;
  /** Whether an earlier version is looked at, which can be restored but not deployed as it is. */
  isEarlier: boolean;
  /** Undo, versions, and what the area adds. */
  children?: ReactNode;
  onSave: () => void;
  onDeploy: () => void;
  onDiscard: () => void;
}

/** The head of an editor: how the file stands, and what can be done with it. */
export function WorkspaceBar(props: Props) {
  const { title, workspace, isEarlier, children, onSave } = props;
  const t = useT("workspace");
  useTitle(title);
  useKeys([{ key: "Ctrl+s", label: t("workspace:save"), run: onSave }]);
  return (
    <header className="workspace-bar">
      <div className="workspace-title">
        <Title order={1} size="h3">
          {title}
        </Title>
        <Standing workspace={workspace} isEarlier={isEarlier} />
      </div>
      <Group gap="xs">
        {children}
        {isEarlier ? <Restore {...props} /> : <SaveAndDeploy {...props} />}
        <More {...props} />
      </Group>
    </header>
  );
}

function Restore({ workspace, onSave }: Props) {
  const t = useT("workspace");
  return (
    <Button
      size="compact-md"
      leftSection={<IconHistory size={15} aria-hidden />}
      loading={workspace.isSaving}
      onClick={onSave}
    >
      {t("workspace:restore.open")}
    </Button>
  );
}

function SaveAndDeploy({ workspace, onSave, onDeploy }: Props) {
  const t = useT("workspace");
  return (
    <>
      <Button
        size="compact-md"
        variant="default"
        disabled={!workspace.isNew}
        loading={workspace.isSaving}
        onClick={onSave}
      >
        {t("workspace:save")}
      </Button>
      <Button
        size="compact-md"
        leftSection={<IconRocket size={15} aria-hidden />}
        disabled={!workspace.isNew && workspace.stored.revision === null}
        onClick={onDeploy}
      >
        {t("workspace:deploy.open")}
      </Button>
    </>
  );
}

function More({ workspace, kind, isEarlier, onDiscard }: Props) {
  const t = useT("workspace");
  return (
    <FilePicker
      label={t("workspace:upload")}
      kind={kind}
      onPicked={(_, content) => workspace.replace(content)}
    >
      {(choose) => (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t("workspace:more")}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconDownload size={15} aria-hidden />}
              onClick={() => download(workspace.name, workspace.content)}
            >
              {t("workspace:download")}
            </Menu.Item>
            <Menu.Item leftSection={<IconUpload size={15} aria-hidden />} onClick={choose}>
              {t("workspace:upload")}
            </Menu.Item>
            {!isEarlier && workspace.stored.revision !== null && (
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={15} aria-hidden />}
                onClick={onDiscard}
              >
                {t("workspace:discard.open")}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </FilePicker>
  );
}

/** Saved or not, by whom, when. */
function Standing({ workspace, isEarlier }: Pick<Props, "workspace" | "isEarlier">) {
  const t = useT("workspace");
  const language = useLanguage();
  const nameOf = usePeopleNames();
  const { savedAt, savedBy, revision } = workspace.stored;
  let words = t("workspace:standing.live");
  if (isEarlier && !workspace.isDirty) words = t("workspace:standing.earlier");
  else if (workspace.isDirty) words = t("workspace:standing.dirty");
  else if (revision !== null && savedAt && savedBy) {
    const when = absolute(new Date(savedAt), language);
    words = t("workspace:standing.draft", { who: nameOf(savedBy), when });
  }
  return (
    <Text size="xs" c="dimmed" role="status">
      {workspace.name} · {words}
    </Text>
  );
}
