import { IconCirclePlus } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { NavItem } from "@/nav";
import { shell } from "@/shell";

export const start = createRoute({
  getParentRoute: () => shell,
  path: "/start",
  validateSearch: ({ process }: Record<string, unknown>): { process?: string } =>
    process === undefined ? {} : { process: String(process) },
  component: lazyRouteComponent(() => import("./StartPage"), "StartPage"),
});

export const startRoutes = [start] as const;

export const startNav: readonly NavItem[] = [
  { to: "/start", label: "start", icon: IconCirclePlus, offeredTo: (may) => may.mayStart },
];
