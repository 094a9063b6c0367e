import { Badge, Text } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { AppLink } from "@/components/AppLink";
import type { Column } from "@/components/DataTable";
import { useGroupName } from "@/components/groupName";
import { useList } from "@/components/list";
import { When } from "@/components/When";
import { useT } from "@/i18n";
import { NewPerson } from "./NewPerson";
import { type Person, peopleQuery } from "./people";
import { PersonPanel } from "./PersonPanel";
import { Roll } from "./Roll";
import type { PeopleSearch } from "./routes";
import "./people.css";

const peopleList = getRouteApi("/shell/people");

/** Who works here, in which groups; administrators add and change people. */
export function PeoplePage() {
  const t = useT("people");
  const search = peopleList.useSearch();
  const navigate = useNavigate();
  const [adds, setAdds] = useState(false);
  const { table } = useList(peopleQuery(search.q));
  const columns = useColumns();
  const shown = table.rows?.find((one) => one.username === search.person);
  const go = (next: PeopleSearch) => void navigate({ to: "/people", search: next, replace: true });
  const find = (q: string | undefined) => go(q ? { q } : {});
  return (
    <Roll
      title={t("common:nav.people")}
      text={t("people:text")}
      add={{ label: t("people:add"), run: () => setAdds(true) }}
      find={{ label: t("people:find"), text: search.q, onSettled: find }}
      none={t("people:none")}
      table={{
        ...table,
        columns,
        rowKey: (one) => one.username,
        current: search.person,
        onOpen: (one) => go({ ...search, person: one.username }),
      }}
    >
      {shown && <PersonPanel key={shown.username} person={shown} onClose={() => find(search.q)} />}
      {adds && (
        <NewPerson
          onClose={() => setAdds(false)}
          onMade={(person) => {
            setAdds(false);
            go({ q: person, person });
          }}
        />
      )}
    </Roll>
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
