import { Button, Group, Modal, Select } from "@mantine/core";
import { useState } from "react";
import { usePeople } from "@/api/directory";
import { useT } from "@/i18n";

interface Props {
  count: number;
  onAssign: (username: string) => void;
  onClose: () => void;
}

/** Asks to whom tasks shall go. */
export default function AssignTo({ count, onAssign, onClose }: Props) {
  const t = useT("work");
  const [to, setTo] = useState<string | null>(null);
  const people = usePeople().map(({ username, name }) => ({ value: username, label: name }));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("work:bulk.assignTitle", { count })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Select
        label={t("work:bulk.to")}
        searchable
        data-autofocus
        data={people}
        value={to}
        onChange={setTo}
        nothingFoundMessage={t("work:bulk.nobody")}
      />
      <Group mt="md" justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("work:cancel")}
        </Button>
        <Button disabled={to === null} onClick={() => to !== null && onAssign(to)}>
          {t("work:bulk.assignNow")}
        </Button>
      </Group>
    </Modal>
  );
}
