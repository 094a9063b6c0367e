import { Button, Group, Modal, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useT } from "@/i18n";

/** Asks before changes that are not saved are left behind. */
export function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const t = useT("workspace");
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  return (
    <Modal
      opened={status === "blocked"}
      onClose={() => reset?.()}
      title={t("workspace:leave.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Text size="sm" mb="md">
        {t("workspace:leave.text")}
      </Text>
      <Group gap="xs">
        <Button variant="default" onClick={() => proceed?.()}>
          {t("workspace:leave.go")}
        </Button>
        <Button onClick={() => reset?.()} data-autofocus>
          {t("workspace:leave.stay")}
        </Button>
      </Group>
    </Modal>
  );
}
