import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { usePeopleNames } from "@/api/directory";
import { ErrorState } from "@/components/ErrorState";
import { absolute } from "@/components/time";
import { useLanguage, useT } from "@/i18n";
import { readDraft } from "./drafts";
import { download } from "./files";
import type { Workspace } from "./useWorkspace";

interface Props {
  workspace: Workspace;
  /** Somebody deployed or threw away the draft: what is live is to be opened again. */
  onGone: () => void;
}

/** Somebody saved the file meanwhile: whose is to stay? */
export function ConflictDialog({ workspace, onGone }: Props) {
  const t = useT("workspace");
  const language = useLanguage();
  const nameOf = usePeopleNames();
  const { conflict, name, content } = workspace;
  const choose = useMutation({
    mutationFn: async (choice: "theirs" | "mine" | "both") => {
      const theirs = await readDraft(name);
      if (choice === "mine") return void (await workspace.keepMine(theirs));
      if (choice === "theirs") return theirs ? workspace.takeTheirs(theirs) : onGone();
      download(name, content);
      if (theirs) download(`${t("workspace:conflict.theirs")}-${name}`, theirs.content);
    },
  });
  const who = conflict?.changedBy ? nameOf(conflict.changedBy) : "";
  const when = conflict?.changedAt ? absolute(new Date(conflict.changedAt), language) : "";
  return (
    <Modal
      opened={conflict !== null}
      onClose={workspace.dismissConflict}
      title={t("workspace:conflict.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Stack gap="sm">
        <Text size="sm">
          {who ? t("workspace:conflict.saved", { who, when }) : t("workspace:conflict.gone")}
        </Text>
        <Text size="sm">{t("workspace:conflict.text")}</Text>
        {choose.error && <ErrorState error={choose.error} />}
        <Group gap="xs">
          <Button variant="default" onClick={() => choose.mutate("both")}>
            {t("workspace:conflict.both")}
          </Button>
          <Button
            variant="default"
            loading={choose.isPending}
            onClick={() => choose.mutate("theirs")}
          >
            {t("workspace:conflict.take")}
          </Button>
          <Button loading={choose.isPending} onClick={() => choose.mutate("mine")}>
            {t("workspace:conflict.keep")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
