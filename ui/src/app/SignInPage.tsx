import { Center, Group, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Navigate, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { sessionQuery } from "@/api/session";
import type { Session } from "@/api/state";
import { DemoPeople } from "@/app/DemoPeople";
import { homeOf } from "@/app/home";
import { LanguageSwitch } from "@/app/LanguageSwitch";
import mark from "@/app/mark.svg";
import { SignInForm } from "@/app/SignInForm";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { useTitle } from "@/hooks/useTitle";
import { chooseLanguage, useT } from "@/i18n";

const LOADING_MS = 2_000;

export function SignInPage() {
  const t = useT();
  const router = useRouter();
  const { to } = getRouteApi("/sign-in").useSearch();
  const [chosen, choose] = useState<string>();
  const { data, error, refetch } = useQuery({
    ...sessionQuery,
    refetchInterval: ({ state }) => (isLoading(state.data) ? LOADING_MS : false),
  });
  useTitle(t("common:signIn.title"));
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} isPage />;
  if (!data) return <Loading />;
  if (data.user) return <Navigate to={to ?? homeOf(data.permissions)} replace />;
  const arrive = async (session: Session) => {
    await chooseLanguage(session.language);
    await router.navigate({ to: to ?? homeOf(session.permissions), replace: true });
  };
  return (
    <Center component="main" className="app-sign-in">
      <Stack w="100%" maw={data.demo ? 760 : 380} gap="lg">
        <Group justify="space-between">
          <Group gap="xs" className="app-brand">
            <img src={mark} alt="" width={28} height={28} />
            Redress
          </Group>
          <LanguageSwitch />
        </Group>
        <Group align="stretch" gap="lg" className="app-sign-in-panes">
          <Paper withBorder p="lg" className="app-sign-in-form">
            <Title order={1} mb="md">
              {t("common:signIn.title")}
            </Title>
            <SignInForm key={chosen ?? ""} username={chosen} onSignedIn={(s) => void arrive(s)} />
          </Paper>
          {data.demo && (
            <DemoPeople demo={data.demo} onSignedIn={(s) => void arrive(s)} onFailed={choose} />
          )}
        </Group>
        {isLoading(data) && <DemoProgress share={data.demo?.loading.demo ?? 0} />}
      </Stack>
    </Center>
  );
}

function DemoProgress({ share }: { share: number }) {
  const t = useT();
  return (
    <div>
      <Text size="sm" mb={4}>
        {t("common:demo.progress")}
      </Text>
      <Progress value={100 * share} aria-label={t("common:demo.progress")} />
    </div>
  );
}

function isLoading(session: Session | undefined): boolean {
  return session?.demo?.loading.demo !== undefined;
}
