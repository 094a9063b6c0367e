import { ActionIcon, Alert, Group, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconUserMinus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { useT } from "@/i18n";
import { AddMember } from "./AddMember";
import { type GroupOfPeople, membersQuery } from "./groups";
import { type Person, setMember, useChange } from "./people";

/** Who is in a group; they come and go here. */
export function Members({ group }: { group: GroupOfPeople }) {
  const t = useT("people");
  const { data, error } = useQuery(membersQuery(group.groupId));
  const change = useChange(({ username, isMember }: { username: string; isMember: boolean }) =>
    setMember(username, group.groupId, isMember),
  );
  return (
    <section>
      <Title order={3} mb={6}>
        {t("people:groups.members")}
      </Title>
      <Stack gap={8}>
        {group.members === 0 && group.openTasks > 0 && (
          <Alert color="orange" icon={<IconAlertTriangle aria-hidden />}>
            {t("people:groups.nobodyText", { count: group.openTasks })}
          </Alert>
        )}
        {change.error && <Refusal error={change.error} />}
        {data ? (
          <>
            <List
              people={data.items}
              isBusy={change.isPending}
              onRemove={(username) => change.mutate({ username, isMember: false })}
            />
            <AddMember
              members={data.items.map(({ username }) => username)}
              onChosen={(username) => change.mutate({ username, isMember: true })}
            />
          </>
        ) : error ? (
          <ErrorState error={error} />
        ) : (
          <Loading rows={2} />
        )}
        <Text size="xs" c="dimmed">
          {t("people:groups.leaving")}
        </Text>
      </Stack>
    </section>
  );
}

/** The one thing that members refuse: to leave nobody who administers. */
function Refusal({ error }: { error: unknown }) {
  const t = useT("people");
  if (asProblem(error).code !== "conflict") return <ErrorState error={error} />;
  return (
    <Alert color="red" role="alert">
      {t("people:groups.refused")}
    </Alert>
  );
}

interface ListProps {
  people: readonly Person[];
  isBusy: boolean;
  onRemove: (username: string) => void;
}

function List({ people, isBusy, onRemove }: ListProps) {
  const t = useT("people");
  if (people.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("people:groups.empty")}
      </Text>
    );
  return (
    <Stack component="ul" gap={4} m={0} p={0} className="people-sessions">
      {people.map(({ username, name, enabled }) => (
        <Group key={username} component="li" justify="space-between" wrap="nowrap">
          <Text size="sm" c={enabled ? undefined : "dimmed"}>
            {enabled ? name : `${name} · ${t("people:disabled")}`}
          </Text>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("people:groups.remove", { name })}
            title={t("people:groups.remove", { name })}
            disabled={isBusy}
            onClick={() => onRemove(username)}
          >
            <IconUserMinus size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
    </Stack>
  );
}
