import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Modal,
  NativeSelect,
  Table,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { IconStar, IconStarFilled, IconTrash } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useSession } from "@/api/session";
import { ErrorState } from "@/components/ErrorState";
import { useT } from "@/i18n";
import type { Texts } from "@/i18n/areas";
import type { WorkSearch } from "./search";
import { savedPart, type SavedView, useRemoveView, useSaveView } from "./views";

interface Props {
  search: WorkSearch;
  own: readonly SavedView[];
  onClose: () => void;
}

const MOST_LETTERS = 80;

/** Saves what is shown now, and puts one's own views in order. */
export function ViewsDialog({ search, own, onClose }: Props) {
  const t = useT("work");
  const groups = useSession().user?.groups ?? [];
  const groupName = useGroupNames();
  const save = useSaveView();
  const [name, setName] = useState("");
  const [sharedWith, setSharedWith] = useState("");
  const [isFirst, setFirst] = useState(own.length === 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const view = { name, query: savedPart(search), sharedWith: sharedWith || null, isFirst };
    save.mutate(view, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("work:saved.manage")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {save.error && <ErrorState error={save.error} />}
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t("work:saved.name")}
          description={t("work:saved.nameText")}
          maxLength={MOST_LETTERS}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          mt="sm"
          label={t("work:saved.with")}
          value={sharedWith}
          onChange={(event) => setSharedWith(event.currentTarget.value)}
          data={[
            { value: "", label: t("work:saved.onlyMe") },
            ...groups.map((value) => ({ value, label: groupName(value) })),
          ]}
        />
        <Checkbox
          mt="sm"
          label={t("work:saved.first")}
          checked={isFirst}
          onChange={(event) => setFirst(event.currentTarget.checked)}
        />
        <Group mt="md" justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
            {t("work:saved.save")}
          </Button>
        </Group>
      </form>
      {own.length > 0 && <OwnViews own={own} />}
    </Modal>
  );
}

function OwnViews({ own }: { own: readonly SavedView[] }) {
  const t = useT("work");
  const groupName = useGroupNames();
  const save = useSaveView();
  const remove = useRemoveView();
  return (
    <>
      <Title order={3} size="h4" mt="md">
        {t("work:saved.own")}
      </Title>
      <Table>
        <Table.Tbody>
          {own.map((view, index) => (
            <Table.Tr key={view.name}>
              <Table.Td>
                {view.name}
                {view.sharedWith && (
                  <Text size="xs" c="dimmed">
                    {t("work:saved.sharedWith", { group: groupName(view.sharedWith) })}
                  </Text>
                )}
              </Table.Td>
              <Table.Td w={76}>
                <Group gap={4} wrap="nowrap" justify="flex-end">
                  <ActionIcon
                    variant="subtle"
                    aria-pressed={index === 0}
                    aria-label={t("work:saved.makeFirst", { name: view.name })}
                    onClick={() => save.mutate({ ...view, isFirst: true })}
                  >
                    {index === 0 ? <IconStarFilled size={16} /> : <IconStar size={16} />}
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("work:saved.remove", { name: view.name })}
                    onClick={() => remove.mutate(view.name)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

/** Returns how a group is called: the roles in the reader's language, the shop's own by their id. */
function useGroupNames(): (group: string) => string {
  const t = useT("work");
  return (group) =>
    group in ROLES ? t(`common:groups.${group as keyof Texts["common"]["groups"]}`) : group;
}

const ROLES: Record<keyof Texts["common"]["groups"], true> = {
  agent: true,
  supervisor: true,
  warehouse: true,
  finance: true,
  account_manager: true,
  process_owner: true,
  auditor: true,
  operator: true,
  administrator: true,
};
