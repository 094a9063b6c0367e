import {
  Button,
  Checkbox,
  Drawer,
  PasswordInput,
  Stack,
  Switch,
  TextInput,
  Title,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, api } from "@/api/client";
import { ErrorState } from "@/components/ErrorState";
import { useGroupName } from "@/components/groupName";
import { useToast } from "@/components/toast";
import { useT } from "@/i18n";
import {
  groupsQuery,
  type Person,
  type PersonChange,
  setMember,
  useChange,
  useFieldErrors,
} from "./people";
import { Sessions } from "./Sessions";

/** One person: what is stored of the account, its groups and where it is signed in. */
export function PersonPanel({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useT("people");
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={`${person.name} (${person.username})`}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Stack gap="lg">
        <Details person={person} />
        <Groups person={person} />
        <section>
          <Title order={3} mb={6}>
            {t("people:sessions.title")}
          </Title>
          <Sessions username={person.username} />
        </section>
      </Stack>
    </Drawer>
  );
}

function Details({ person }: { person: Person }) {
  const t = useT("people");
  const toast = useToast();
  const [name, setName] = useState(person.name);
  const [email, setEmail] = useState(person.email ?? "");
  const [enabled, setEnabled] = useState(person.enabled);
  const [password, setPassword] = useState("");
  const save = useChange(
    (body: PersonChange) => {
      const params = { path: { username: person.username } };
      return answer(api.PUT("/api/people/{username}", { params, body }));
    },
    () => {
      setPassword("");
      toast(t("people:saved", { name }));
    },
  );
  const wrong = useFieldErrors(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name, email: email || null, enabled, password: password || null });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {save.error && Object.keys(wrong).length === 0 && <ErrorState error={save.error} />}
        <TextInput
          label={t("people:fields.name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={wrong.name}
        />
        <TextInput
          label={t("people:fields.email")}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={wrong.email}
        />
        <PasswordInput
          label={t("people:fields.newPassword")}
          description={t("people:fields.newPasswordText")}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wrong.password}
          aria-invalid={Boolean(wrong.password)}
          visibilityToggleButtonProps={{
            "aria-label": t("common:signIn.reveal"),
            tabIndex: 0,
          }}
        />
        <Switch
          label={t("people:fields.enabled")}
          description={t("people:fields.enabledText")}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        <Button type="submit" loading={save.isPending}>
          {t("people:save")}
        </Button>
      </Stack>
    </form>
  );
}

function Groups({ person }: { person: Person }) {
  const t = useT("people");
  const groupName = useGroupName();
  const groups = useQuery(groupsQuery);
  const change = useChange(({ group, isMember }: { group: string; isMember: boolean }) =>
    setMember(person.username, group, isMember),
  );
  return (
    <section>
      <Title order={3} mb={6}>
        {t("people:fields.groups")}
      </Title>
      <Stack gap={10}>
        {(groups.error ?? change.error) && <ErrorState error={groups.error ?? change.error} />}
        {groups.data?.map(({ groupId, name }) => (
          <Checkbox
            key={groupId}
            label={groupName(groupId, name)}
            checked={person.groups.includes(groupId)}
            disabled={change.isPending}
            onChange={(event) =>
              change.mutate({ group: groupId, isMember: event.currentTarget.checked })
            }
          />
        ))}
      </Stack>
    </section>
  );
}
