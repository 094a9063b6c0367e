import { IconActivityHeartbeat } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { NavItem } from "@/nav";
import { shell } from "@/shell";
import { incidentsSearch, jobsSearch, timersSearch } from "./search";

const overview = createRoute({
  getParentRoute: () => shell,
  path: "/operations",
  component: lazyRouteComponent(() => import("./OverviewPage"), "OverviewPage"),
});

export const incidentList = createRoute({
  getParentRoute: () => shell,
  path: "/operations/incidents",
  validateSearch: incidentsSearch,
  component: lazyRouteComponent(() => import("./IncidentsPage"), "IncidentsPage"),
});

export const jobList = createRoute({
  getParentRoute: () => shell,
  path: "/operations/jobs",
  validateSearch: jobsSearch,
  component: lazyRouteComponent(() => import("./JobsPage"), "JobsPage"),
});

export const timerList = createRoute({
  getParentRoute: () => shell,
  path: "/operations/timers",
  validateSearch: timersSearch,
  component: lazyRouteComponent(() => import("./TimersPage"), "TimersPage"),
});

const clock = createRoute({
  getParentRoute: () => shell,
  path: "/operations/clock",
  component: lazyRouteComponent(() => import("./ClockPage"), "ClockPage"),
});

export const operationsRoutes = [overview, incidentList, jobList, timerList, clock] as const;

export const operationsNav: readonly NavItem[] = [
  {
    to: "/operations",
    label: "operations",
    icon: IconActivityHeartbeat,
    offeredTo: (may) => may.mayOperate,
  },
];
