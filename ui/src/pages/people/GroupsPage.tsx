import { Alert, Badge, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { components } from "@/api/schema";
import { AppLink } from "@/components/AppLink";
import type { Column } from "@/components/DataTable";
import { useGroupName } from "@/components/groupName";
import { useList } from "@/components/list";
import { useLanguage, useT } from "@/i18n";
import { GroupPanel } from "./GroupPanel";
import { groupListQuery, type GroupOfPeople, stepName } from "./groups";
import { NewGroup } from "./NewGroup";
import { Roll } from "./Roll";
import type { GroupsSearch } from "./routes";

const groupList = getRouteApi("/shell/groups");

/** The groups, who is in them and what work they get; administrators change them. */
export function GroupsPage() {
  const t = useT("people");
  const search = groupList.useSearch();
  const navigate = useNavigate();
  const [added, setAdded] = useState<string>();
  const { first, table } = useList(groupListQuery(search.q));
  const columns = useColumns();
  const shown = table.rows?.find((one) => one.groupId === search.group);
  const go = (next: GroupsSearch) => void navigate({ to: "/groups", search: next, replace: true });
  const find = (q: string | undefined) => go(q ? { q } : {});
  return (
    <Roll
      title={t("common:nav.groups")}
      text={t("people:groups.text")}
      add={{ label: t("people:groups.add"), run: () => setAdded("") }}
      find={{ label: t("people:groups.find"), text: search.q, onSettled: find }}
      none={t("people:groups.none")}
      notes={<Unknown groups={first?.unknown ?? []} onCreate={setAdded} />}
      table={{
        ...table,
        columns,
        rowKey: (one) => one.groupId,
        current: search.group,
        onOpen: (one) => go({ ...search, group: one.groupId }),
      }}
    >
      {shown && <GroupPanel key={shown.groupId} group={shown} onClose={() => find(search.q)} />}
      {added !== undefined && (
        <NewGroup
          id={added}
          onClose={() => setAdded(undefined)}
          onMade={(group) => {
            setAdded(undefined);
            go({ group });
          }}
        />
      )}
    </Roll>
  );
}

interface UnknownProps {
  groups: readonly components["schemas"]["UnknownGroup"][];
  onCreate: (group: string) => void;
}

/** Groups that diagrams name and nobody made: whoever should do that work does not see it. */
function Unknown({ groups, onCreate }: UnknownProps) {
  const t = useT("people");
  const language = useLanguage();
  return groups.map(({ groupId, steps }) => (
    <Alert key={groupId} color="orange" mb="xs" icon={<IconAlertTriangle aria-hidden />}>
      <Stack gap={4} align="flex-start">
        <Text size="sm">{t("people:groups.unknown", { group: groupId })}</Text>
        <Text size="sm">{steps.map((step) => stepName(step, language)).join("; ")}</Text>
        <Button size="compact-sm" variant="default" onClick={() => onCreate(groupId)}>
          {t("people:groups.make", { group: groupId })}
        </Button>
      </Stack>
    </Alert>
  ));
}

function useColumns(): Column<GroupOfPeople>[] {
  const t = useT("people");
  const groupName = useGroupName();
  return [
    {
      key: "name",
      header: t("people:groups.name"),
      render: (one) => (
        <>
          <AppLink
            to="/groups"
            search={(before) => ({ ...before, group: one.groupId })}
            replace
            size="sm"
            fw={500}
            onClick={(event) => event.stopPropagation()}
          >
            {groupName(one.groupId, one.name)}
          </AppLink>
          <Text size="xs" c="dimmed">
            {one.groupId}
          </Text>
        </>
      ),
    },
    {
      key: "members",
      header: t("people:groups.members"),
      width: 110,
      numeric: true,
      render: (one) =>
        one.members === 0 && one.openTasks > 0 ? (
          <Badge color="red">{t("people:groups.nobody")}</Badge>
        ) : (
          one.members
        ),
    },
    {
      key: "tasks",
      header: t("people:groups.openTasks"),
      width: 120,
      numeric: true,
      render: (one) => one.openTasks,
    },
    {
      key: "steps",
      header: t("people:groups.steps"),
      width: 120,
      numeric: true,
      render: (one) => one.steps.length,
    },
  ];
}
