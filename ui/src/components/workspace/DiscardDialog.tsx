import { Button, Group, Modal, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ErrorState } from "@/components/ErrorState";
import { useT } from "@/i18n";
import { discardDraft } from "./drafts";
import type { Workspace } from "./useWorkspace";

interface Props {
  workspace: Workspace;
  onClose: () => void;
  onDiscarded: () => void;
}

/** Asks before a draft is thrown away. */
export function DiscardDialog({ workspace, onClose, onDiscarded }: Props) {
  const t = useT("workspace");
  const queries = useQueryClient();
  const discarding = useMutation({
    mutationFn: () => discardDraft(workspace.name, workspace.stored.revision ?? 0),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["library"] });
      onDiscarded();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("workspace:discard.title", { name: workspace.name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Text size="sm" mb="md">
        {t("workspace:discard.text")}
      </Text>
      {discarding.error && <ErrorState error={discarding.error} />}
      <Group gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("workspace:deploy.cancel")}
        </Button>
        <Button color="red" loading={discarding.isPending} onClick={() => discarding.mutate()}>
          {t("workspace:discard.do")}
        </Button>
      </Group>
    </Modal>
  );
}
