import { Kbd, Modal, Switch, Table, Text } from "@mantine/core";
import { useBindings, useSingleKeys } from "@/hooks/keys";
import { useT } from "@/i18n";

/** Which keys do something here, and the switch for single letters. */
export default function KeysDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [singleKeys, switchSingleKeys] = useSingleKeys();
  const bindings = useBindings();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("common:keys.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Table>
        <Table.Tbody>
          {bindings.map(({ key, label }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" w={120}>
                <Kbd>{key}</Kbd>
              </Table.Th>
              <Table.Td>{label}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Switch
        mt="md"
        label={t("common:keys.single")}
        checked={singleKeys}
        onChange={(event) => switchSingleKeys(event.currentTarget.checked)}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {t("common:keys.note")}
      </Text>
    </Modal>
  );
}
