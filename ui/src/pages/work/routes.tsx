import { IconInbox } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { NavItem } from "@/nav";
import { shell } from "@/shell";
import { workSearch } from "./search";

export const workList = createRoute({
  getParentRoute: () => shell,
  path: "/work",
  validateSearch: workSearch,
  component: lazyRouteComponent(() => import("./WorkPage"), "WorkPage"),
});

const task = createRoute({
  getParentRoute: () => shell,
  path: "/work/$task",
  validateSearch: workSearch,
  component: lazyRouteComponent(() => import("./TaskPage"), "TaskPage"),
});

export const workRoutes = [workList, task] as const;

export const workNav: readonly NavItem[] = [
  { to: "/work", label: "work", icon: IconInbox, offeredTo: (may) => may.doesTasks },
];
