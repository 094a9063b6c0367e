import { IconInbox } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { NavItem } from "@/areas";
import { shell } from "@/shell";

const list = createRoute({
  getParentRoute: () => shell,
  path: "/work",
  component: lazyRouteComponent(() => import("./WorkPage"), "WorkPage"),
});

export const workRoutes = [list] as const;

export const workNav: readonly NavItem[] = [
  { to: "/work", label: "work", icon: IconInbox, offeredTo: (may) => may.isStaff },
];
