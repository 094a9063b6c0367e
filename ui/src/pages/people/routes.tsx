import { IconUserCircle, IconUsers } from "@tabler/icons-react";
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

const account = createRoute({
  getParentRoute: () => shell,
  path: "/account",
  component: lazyRouteComponent(() => import("./AccountPage"), "AccountPage"),
});

export const peopleRoutes = [peopleList, account] as const;

export const peopleNav: readonly NavItem[] = [
  { to: "/people", label: "people", icon: IconUsers, offeredTo: (may) => may.mayAdminister },
  { to: "/account", label: "account", icon: IconUserCircle, offeredTo: () => true },
];
