import { Alert, Badge, Button, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconAlertTriangle, IconPlus, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { components } from "@/api/schema";
import { AppLink } from "@/components/AppLink";
import { type Column, DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { useGroupName } from "@/components/groupName";
import { PageHeader } from "@/components/PageHeader";
import { useLanguage, useT } from "@/i18n";
import { GroupPanel } from "./GroupPanel";
import { groupListQuery, type GroupOfPeople, stepName } from "./groups";
import { NewGroup } from "./NewGroup";
import type { GroupsSearch } from "./routes";

const groupList = getRouteApi("/shell/groups");

const PAUSE_MS = 250;

/** The groups, who is in them and what work they get; administrators change them. */
export function GroupsPage() {
  const t = useT("people");
  const search = groupList.useSearch();
  const navigate = useNavigate();
  const [added, setAdded] = useState<string>();
  const list = useInfiniteQuery(groupListQuery(search.q));
  const columns = useColumns();
  const groups = list.data?.pages.flatMap((page) => page.items);
  const shown = groups?.find((one) => one.groupId === search.group);
  const go = (next: GroupsSearch) => void navigate({ to: "/groups", search: next, replace: true });
  const find = useDebouncedCallback((q: string) => go(q ? { q } : {}), PAUSE_MS);
  const leave = () => go(search.q ? { q: search.q } : {});
  return (
    <div className="app-page">
      <PageHeader
        title={t("common:nav.groups")}
        actions={
          <Button
            size="compact-md"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => setAdded("")}
          >
            {t("people:groups.add")}
          </Button>
        }
      >
        {t("people:groups.text")}
      </PageHeader>
      <TextInput
        size="xs"
        w={220}
        mb="xs"
        role="searchbox"
        aria-label={t("people:groups.find")}
        placeholder={t("people:groups.find")}
        leftSection={<IconSearch size={14} aria-hidden />}
        defaultValue={search.q ?? ""}
        onChange={(event) => find(event.currentTarget.value.trim())}
      />
      <Unknown groups={list.data?.pages[0]?.unknown ?? []} onCreate={setAdded} />
      <DataTable
        label={t("common:nav.groups")}
        columns={columns}
        rows={groups}
        rowKey={(one) => one.groupId}
        total={list.data?.pages[0]?.page.totalItems}
        error={list.error}
        onRetry={() => void list.refetch()}
        hasMore={list.hasNextPage}
        isLoadingMore={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
        current={search.group}
        onOpen={(one) => go({ ...search, group: one.groupId })}
        height="calc(100dvh - 170px)"
        empty={<EmptyState title={t("people:groups.none")} />}
      />
      {shown && <GroupPanel key={shown.groupId} group={shown} onClose={leave} />}
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
    </div>
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
