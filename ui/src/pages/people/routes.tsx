import { IconUserCircle, IconUsers, IconUsersGroup } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { NavItem } from "@/nav";
import { shell } from "@/shell";

/** All that the address says of the list of people. */
export interface PeopleSearch {
  /** Part of a name or user name. */
  q?: string;
  /** The user name of whoever is shown beside the list. */
  person?: string;
}

export const peopleList = createRoute({
  getParentRoute: () => shell,
  path: "/people",
  validateSearch: (given: Record<string, unknown>): PeopleSearch => ({
    ...(typeof given.q === "string" && given.q && { q: given.q }),
    ...(typeof given.person === "string" && { person: given.person }),
  }),
  component: lazyRouteComponent(() => import("./PeoplePage"), "PeoplePage"),
});

/** All that the address says of the list of groups. */
export interface GroupsSearch {
  /** Part of a name or id. */
  q?: string;
  /** The id of the group that is shown beside the list. */
  group?: string;
}

export const groupList = createRoute({
  getParentRoute: () => shell,
  path: "/groups",
  validateSearch: (given: Record<string, unknown>): GroupsSearch => ({
    ...(typeof given.q === "string" && given.q && { q: given.q }),
    ...(typeof given.group === "string" && { group: given.group }),
  }),
  component: lazyRouteComponent(() => import("./GroupsPage"), "GroupsPage"),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: "/account",
  component: lazyRouteComponent(() => import("./AccountPage"), "AccountPage"),
});

export const peopleRoutes = [peopleList, groupList, account] as const;

export const peopleNav: readonly NavItem[] = [
  { to: "/people", label: "people", icon: IconUsers, offeredTo: (may) => may.mayAdminister },
  { to: "/groups", label: "groups", icon: IconUsersGroup, offeredTo: (may) => may.mayAdminister },
  { to: "/account", label: "account", icon: IconUserCircle, offeredTo: () => true },
];
