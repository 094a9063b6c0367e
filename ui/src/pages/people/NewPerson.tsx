import { Button, Modal, PasswordInput, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { answer, api } from "@/api/client";
import { ErrorState } from "@/components/ErrorState";
import { useT } from "@/i18n";
import { useChange, useFieldErrors } from "./people";

interface Props {
  onMade: (username: string) => void;
  onClose: () => void;
}

/** Asks for what a new account needs. */
export function NewPerson({ onMade, onClose }: Props) {
  const t = useT("people");
  const [username, setUsername] = useState("");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const create = useChange(
    () => answer(api.POST("/v2/users", { body: { username, name, password } })),
    () => onMade(username),
  );
  const wrong = useFieldErrors(create.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(undefined);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("people:add")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {create.error && Object.keys(wrong).length === 0 && <ErrorState error={create.error} />}
          <TextInput
            label={t("people:fields.username")}
            value={username}
            onChange={(event) => setUsername(event.currentTarget.value)}
            error={wrong.username}
            autoComplete="off"
            required
            withAsterisk={false}
            data-autofocus
          />
          <TextInput
            label={t("people:fields.name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={wrong.name}
            required
            withAsterisk={false}
          />
          <PasswordInput
            label={t("people:fields.password")}
            description={t("people:fields.passwordText")}
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={wrong.password}
            aria-invalid={Boolean(wrong.password)}
            required
            withAsterisk={false}
            visibilityToggleButtonProps={{
              "aria-label": t("common:signIn.reveal"),
              tabIndex: 0,
            }}
          />
          <Button type="submit" loading={create.isPending}>
            {t("people:create")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
