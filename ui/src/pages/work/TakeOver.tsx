import { Button, Group, Modal, Text } from "@mantine/core";
import { useT } from "@/i18n";

interface Props {
  /** Who has the task, as the page shows it. */
  from: string;
  onTakeOver: () => void;
  onClose: () => void;
}

/** Asks before a task is taken out of a colleague's hands. */
export function TakeOver({ from, onTakeOver, onClose }: Props) {
  const t = useT("work");
  const takeOver = () => {
    onClose();
    onTakeOver();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("work:takeOver.title", { name: from })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Text size="sm">{t("work:takeOver.text", { name: from })}</Text>
      <Group mt="md" justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("work:cancel")}
        </Button>
        <Button onClick={takeOver} data-autofocus>
          {t("work:task.takeOver")}
        </Button>
      </Group>
    </Modal>
  );
}
