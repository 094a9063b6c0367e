import { Button, Paper, PasswordInput, Stack, Switch, Text, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { answer, api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { useSession } from "@/api/session";
import { ErrorState } from "@/components/ErrorState";
import { PageHeader } from "@/components/PageHeader";
import { useToast } from "@/components/toast";
import { useSingleKeys } from "@/hooks/keys";
import { useT } from "@/i18n";
import { useChange, useFieldErrors } from "./people";
import { Sessions } from "./Sessions";
import "./people.css";

/** What one may change of oneself. The language is chosen at the top of every page. */
export function AccountPage() {
  const t = useT("people");
  const { user } = useSession();
  const [singleKeys, switchSingleKeys] = useSingleKeys();
  return (
    <div className="app-page">
      <PageHeader title={t("common:nav.account")}>{user?.displayName}</PageHeader>
      <Stack gap="md" className="people-account">
        <Paper withBorder p="md" component="section">
          <Title order={2} mb="sm">
            {t("people:account.password")}
          </Title>
          <Password />
        </Paper>
        <Paper withBorder p="md" component="section">
          <Title order={2} mb="sm">
            {t("common:keys.title")}
          </Title>
          <Switch
            label={t("common:keys.single")}
            checked={singleKeys}
            onChange={(event) => switchSingleKeys(event.currentTarget.checked)}
          />
          <Text size="xs" c="dimmed" mt={4}>
            {t("common:keys.note")}
          </Text>
        </Paper>
        <Paper withBorder p="md" component="section">
          <Title order={2} mb="sm">
            {t("people:sessions.title")}
          </Title>
          <Sessions />
        </Paper>
      </Stack>
    </div>
  );
}

function Password() {
  const t = useT("people");
  const toast = useToast();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const change = useChange(
    () => answer(api.POST("/api/session/password", { body: { current, password } })),
    () => {
      setCurrent("");
      setPassword("");
      toast(t("people:account.changed"));
    },
  );
  const wrong = useFieldErrors(change.error);
  const isCurrentWrong = change.error !== null && asProblem(change.error).code === "forbidden";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(undefined);
  };
  const reveal = { "aria-label": t("common:signIn.reveal"), tabIndex: 0 };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" align="stretch">
        {change.error && !isCurrentWrong && !wrong.password && <ErrorState error={change.error} />}
        <PasswordInput
          label={t("people:account.current")}
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={isCurrentWrong && t("people:account.currentWrong")}
          aria-invalid={isCurrentWrong}
          required
          withAsterisk={false}
          visibilityToggleButtonProps={reveal}
        />
        <PasswordInput
          label={t("people:fields.newPassword")}
          description={t("people:fields.passwordText")}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wrong.password}
          aria-invalid={Boolean(wrong.password)}
          required
          withAsterisk={false}
          visibilityToggleButtonProps={reveal}
        />
        <Text size="xs" c="dimmed">
          {t("people:account.passwordText")}
        </Text>
        <Button type="submit" loading={change.isPending}>
          {t("people:account.change")}
        </Button>
      </Stack>
    </form>
  );
}
