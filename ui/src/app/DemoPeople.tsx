import { Alert, Paper, SimpleGrid, Text, Title, UnstyledButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { signIn } from "@/api/session";
import type { Session } from "@/api/state";
import { useProblemWords } from "@/components/problemWords";
import { useGroupName } from "@/components/groupName";
import { useT } from "@/i18n";

interface Props {
  demo: NonNullable<Session["demo"]>;
  onSignedIn: (session: Session) => void;
  /** Somebody whose password is no longer the demo's: the form asks for it. */
  onFailed: (username: string) => void;
}

/** The people of the demo; one press signs in as one of them. */
export function DemoPeople({ demo, onSignedIn, onFailed }: Props) {
  const t = useT();
  const groupName = useGroupName();
  const words = useProblemWords();
  const signing = useMutation({
    mutationFn: (username: string) => signIn(username, username),
    onSuccess: onSignedIn,
    onError: (_error, username) => onFailed(username),
  });
  return (
    <Paper withBorder p="lg" className="app-demo-people">
      <Title order={2}>{t("common:demo.people")}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t("common:demo.peopleText")}
      </Text>
      {signing.error && (
        <Alert color="red" role="alert" mb="sm">
          {words(signing.error).title}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={4} verticalSpacing={4}>
        {demo.accounts.map(({ username, displayName, groups }) => (
          <UnstyledButton
            key={username}
            className="app-person"
            disabled={signing.isPending}
            onClick={() => signing.mutate(username)}
          >
            <Text size="sm" fw={500}>
              {displayName}
            </Text>
            <Text size="xs" c="dimmed">
              {groups.map((group) => groupName(group)).join(" · ")}
            </Text>
          </UnstyledButton>
        ))}
      </SimpleGrid>
    </Paper>
  );
}
