import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { When } from "@/components/When";
import { useT } from "@/i18n";
import { sessionsQuery, useChange } from "./people";

/** Where somebody is signed in, each with the button that ends it. */
export function Sessions({ username }: { username?: string }) {
  const t = useT("people");
  const { data, error } = useQuery(sessionsQuery(username));
  const end = useChange((id: string) =>
    answer(api.DELETE("/api/sessions/{sessionId}", { params: { path: { sessionId: id } } })),
  );
  if (error) return <ErrorState error={error} />;
  if (!data) return <Loading rows={2} />;
  if (data.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("people:sessions.none")}
      </Text>
    );
  return (
    <Stack component="ul" gap={8} m={0} p={0} className="people-sessions">
      {end.error && <ErrorState error={end.error} />}
      {data.map(({ id, agent, lastSeenAt, current }) => (
        <Group key={id} component="li" justify="space-between" wrap="nowrap">
          <div>
            <Text size="sm" lineClamp={1} title={agent}>
              {browserOf(agent) ?? t("people:sessions.unknown")}
            </Text>
            <Text size="xs" c="dimmed">
              <When at={lastSeenAt} as="relative" />
            </Text>
          </div>
          {current ? (
            <Badge color="green">{t("people:sessions.current")}</Badge>
          ) : (
            <Button
              size="compact-xs"
              variant="default"
              loading={end.isPending && end.variables === id}
              onClick={() => end.mutate(id)}
            >
              {t("people:sessions.end")}
            </Button>
          )}
        </Group>
      ))}
    </Stack>
  );
}

const BROWSERS = [
  ["Edge", /Edg\//],
  ["Firefox", /Firefox\//],
  ["Chrome", /Chrom(e|ium)\//],
  ["Safari", /Safari\//],
] as const;
const SYSTEMS = [
  ["Android", /Android/],
  ["iOS", /iPhone|iPad/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS/],
  ["Linux", /Linux/],
] as const;

function browserOf(agent: string): string | undefined {
  const browser = BROWSERS.find(([, sign]) => sign.test(agent))?.[0];
  const system = SYSTEMS.find(([, sign]) => sign.test(agent))?.[0];
  return [browser, system].filter(Boolean).join(" · ") || undefined;
}
