import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import { useT } from "@/i18n";
import { useGiveUp } from "./mending";

interface Props {
  incidentKey: string;
  onClose: () => void;
  onDone: () => void;
}

/** Asks why, before what has stopped is cancelled. */
export function GiveUp({ incidentKey, onClose, onDone }: Props) {
  const t = useT("operations");
  const [reason, setReason] = useState("");
  const giveUp = useGiveUp(incidentKey, onDone);
  const send = (event: FormEvent) => {
    event.preventDefault();
    giveUp.mutate(reason.trim());
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("operations:givingUp.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={send}>
        <Stack gap="sm">
          <Text size="sm">{t("operations:givingUp.text")}</Text>
          <TextInput
            label={t("operations:givingUp.reason")}
            maxLength={500}
            required
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {giveUp.error && <ErrorState error={giveUp.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("operations:givingUp.back")}
            </Button>
            <Button
              type="submit"
              color="red"
              loading={giveUp.isPending}
              disabled={reason.trim() === ""}
            >
              {t("operations:givingUp.do")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
