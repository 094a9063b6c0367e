import { Button, Group, Modal, Text } from "@mantine/core";
import { usePeopleNames } from "@/api/directory";
import { absolute } from "@/components/time";
import { useLanguage, useT } from "@/i18n";
import type { Workspace } from "./useWorkspace";

interface Props {
  workspace: Workspace;
  onClose: () => void;
  onRestore: () => void;
}

/** Asks before an earlier version takes the place of a draft. */
export function RestoreDialog({ workspace, onClose, onRestore }: Props) {
  const t = useT("workspace");
  const language = useLanguage();
  const nameOf = usePeopleNames();
  const { savedBy, savedAt } = workspace.stored;
  const who = savedBy ? nameOf(savedBy) : "";
  const when = savedAt ? absolute(new Date(savedAt), language) : "";
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("workspace:restore.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Text size="sm" mb="md">
        {t("workspace:restore.text", { who, when })}
      </Text>
      <Group gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("workspace:deploy.cancel")}
        </Button>
        <Button color="red" onClick={onRestore}>
          {t("workspace:restore.do")}
        </Button>
      </Group>
    </Modal>
  );
}
