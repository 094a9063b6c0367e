import { Button, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { answer, api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { ErrorState } from "@/components/ErrorState";
import { useT } from "@/i18n";
import { useChange, useFieldErrors } from "./people";

interface Props {
  /** The id that diagrams name already, if it is known. */
  id?: string;
  onMade: (group: string) => void;
  onClose: () => void;
}

/** Asks for what a new group needs. */
export function NewGroup({ id = "", onMade, onClose }: Props) {
  const t = useT("people");
  const [groupId, setGroupId] = useState(id);
  const [name, setName] = useState("");
  const create = useChange(
    () => answer(api.POST("/v2/groups", { body: { groupId, name } })),
    () => onMade(groupId),
  );
  const wrong = useFieldErrors(create.error);
  const isTaken = create.error !== null && asProblem(create.error).code === "conflict";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(undefined);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("people:groups.add")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {create.error && !isTaken && Object.keys(wrong).length === 0 && (
            <ErrorState error={create.error} />
          )}
          <TextInput
            label={t("people:groups.name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={wrong.name}
            required
            withAsterisk={false}
            data-autofocus
          />
          <TextInput
            label={t("people:groups.id")}
            description={t("people:groups.idText")}
            value={groupId}
            onChange={(event) => setGroupId(event.currentTarget.value)}
            error={isTaken ? t("people:groups.taken") : wrong.groupId}
            autoComplete="off"
            required
            withAsterisk={false}
          />
          <Button type="submit" loading={create.isPending}>
            {t("people:create")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
