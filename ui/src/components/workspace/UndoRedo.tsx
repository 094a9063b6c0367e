import { ActionIcon } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useT } from "@/i18n";

/** What can be undone and redone in an editor. */
export interface Steps {
  canUndo: boolean;
  canRedo: boolean;
  undo: () => void;
  redo: () => void;
}

export function UndoRedo({ canUndo, canRedo, undo, redo }: Steps) {
  const t = useT("workspace");
  return (
    <ActionIcon.Group>
      <ActionIcon
        variant="default"
        disabled={!canUndo}
        aria-label={t("workspace:undo")}
        title={`${t("workspace:undo")} (Ctrl+Z)`}
        onClick={undo}
      >
        <IconArrowBackUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        disabled={!canRedo}
        aria-label={t("workspace:redo")}
        title={`${t("workspace:redo")} (Ctrl+Y)`}
        onClick={redo}
      >
        <IconArrowForwardUp size={16} aria-hidden />
      </ActionIcon>
    </ActionIcon.Group>
  );
}
