import { Badge, Button, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { AppLink } from "@/components/AppLink";
import { type Column, DataTable } from "@/components/DataTable";
import { EmptyState } from "@/components/EmptyState";
import { PageHeader } from "@/components/PageHeader";
import { When } from "@/components/When";
import { useGroupName } from "@/components/groupName";
import { useT } from "@/i18n";
import { NewPerson } from "./NewPerson";
import { type Person, peopleQuery } from "./people";
import { PersonPanel } from "./PersonPanel";
import type { PeopleSearch } from "./routes";
import "./people.css";

const peopleList = getRouteApi("/shell/people");

const PAUSE_MS = 250;

/** Who works here, in which groups; administrators add and change people. */
export function PeoplePage() {
  const t = useT("people");
  const search = peopleList.useSearch();
  const navigate = useNavigate();
  const [adds, setAdds] = useState(false);
  const list = useInfiniteQuery(peopleQuery(search.q));
  const columns = useColumns();
  const people = list.data?.pages.flatMap((page) => page.items);
  const shown = people?.find((one) => one.username === search.person);
  const go = (next: PeopleSearch) => void navigate({ to: "/people", search: next, replace: true });
  const find = useDebouncedCallback((q: string) => go(q ? { q } : {}), PAUSE_MS);
  return (
    <div className="app-page">
      <PageHeader
        title={t("common:nav.people")}
        actions={
          <Button size="compact-md" onClick={() => setAdds(true)}>
            {t("people:add")}
          </Button>
        }
      >
        {t("people:text")}
      </PageHeader>
      <TextInput
        size="xs"
        w={220}
        mb="xs"
        role="searchbox"
        aria-label={t("people:find")}
        placeholder={t("people:find")}
        leftSection={<IconSearch size={14} aria-hidden />}
        defaultValue={search.q ?? ""}
        onChange={(event) => find(event.currentTarget.value.trim())}
      />
      <DataTable
        label={t("common:nav.people")}
        columns={columns}
        rows={people}
        rowKey={(one) => one.username}
        total={list.data?.pages[0]?.page.totalItems}
        error={list.error}
        onRetry={() => void list.refetch()}
        hasMore={list.hasNextPage}
        isLoadingMore={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
        current={search.person}
        onOpen={(one) => go({ ...search, person: one.username })}
        height="calc(100dvh - 170px)"
        empty={<EmptyState title={t("people:none")} />}
      />
      {shown && (
        <PersonPanel
          key={shown.username}
          person={shown}
          onClose={() => go(search.q ? { q: search.q } : {})}
        />
      )}
      {adds && (
        <NewPerson
          onClose={() => setAdds(false)}
          onMade={(person) => {
            setAdds(false);
            go({ q: person, person });
          }}
        />
      )}
    </div>
  );
}

function useColumns(): Column<Person>[] {
  const t = useT("people");
  const groupName = useGroupName();
  return [
    {
      key: "name",
      header: t("people:fields.name"),
      render: (one) => (
        <>
          <AppLink
            to="/people"
            search={(before) => ({ ...before, person: one.username })}
            replace
            size="sm"
            fw={500}
            onClick={(event) => event.stopPropagation()}
          >
            {one.name}
          </AppLink>
          <Text size="xs" c="dimmed">
            {one.username}
          </Text>
        </>
      ),
    },
    {
      key: "groups",
      header: t("people:fields.groups"),
      render: (one) => one.groups.map((group) => groupName(group)).join(" · "),
    },
    {
      key: "seen",
      header: t("people:lastSeen"),
      width: 130,
      render: (one) => <When at={one.lastSeenAt} as="relative" />,
    },
    {
      key: "state",
      header: t("people:state"),
      width: 110,
      render: (one) => !one.enabled && <Badge color="gray">{t("people:disabled")}</Badge>,
    },
  ];
}
