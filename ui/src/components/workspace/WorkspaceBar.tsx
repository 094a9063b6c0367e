import { ActionIcon, Button, Group, Menu, Text, Title } from "@mantine/core";
import { IconDots, IconDownload, IconRocket, IconTrash, IconUpload } from "@tabler/icons-react";
import { type ReactNode, useRef } from "react";
import { usePeopleNames } from "@/api/directory";
import { absolute } from "@/components/time";
import { useKeys } from "@/hooks/keys";
import { useTitle } from "@/hooks/useTitle";
import { useLanguage, useT } from "@/i18n";
import { download } from "./files";
import type { Workspace } from "./useWorkspace";
import "./workspace.css";

interface Props {
  title: string;
  workspace: Workspace;
  /** The kind of file that can be uploaded, such as ".bpmn". */
  accept: string;
  /** What the area adds: undo, versions. */
  children?: ReactNode;
  onDeploy: () => void;
  onDiscard: () => void;
}

/** The head of an editor: how the file stands, and what can be done with it. */
export function WorkspaceBar(props: Props) {
  const { title, workspace, accept, children, onDeploy, onDiscard } = props;
  const t = useT("workspace");
  const picker = useRef<HTMLInputElement>(null);
  useTitle(title);
  useKeys([{ key: "Ctrl+s", label: t("workspace:save"), run: () => void workspace.save() }]);
  const upload = async (file: File | undefined) => {
    if (file) workspace.replace(await file.text());
  };
  return (
    <header className="workspace-bar">
      <div className="workspace-title">
        <Title order={1} size="h3">
          {title}
        </Title>
        <Standing workspace={workspace} />
      </div>
      <Group gap="xs">
        {children}
        <Button
          size="compact-md"
          variant="default"
          disabled={!workspace.isDirty}
          loading={workspace.isSaving}
          onClick={() => void workspace.save()}
        >
          {t("workspace:save")}
        </Button>
        <Button
          size="compact-md"
          leftSection={<IconRocket size={15} aria-hidden />}
          disabled={!workspace.isDirty && workspace.stored.revision === null}
          onClick={onDeploy}
        >
          {t("workspace:deploy.open")}
        </Button>
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
            <Menu.Item
              leftSection={<IconUpload size={15} aria-hidden />}
              onClick={() => picker.current?.click()}
            >
              {t("workspace:upload")}
            </Menu.Item>
            {workspace.stored.revision !== null && (
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
        <input
          ref={picker}
          type="file"
          hidden
          accept={accept}
          aria-label={t("workspace:upload")}
          onChange={(event) => {
            void upload(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </Group>
    </header>
  );
}

/** Saved or not, by whom, when. */
function Standing({ workspace }: { workspace: Workspace }) {
  const t = useT("workspace");
  const language = useLanguage();
  const nameOf = usePeopleNames();
  const { savedAt, savedBy, revision } = workspace.stored;
  let words = t("workspace:standing.live");
  if (workspace.isDirty) words = t("workspace:standing.dirty");
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
