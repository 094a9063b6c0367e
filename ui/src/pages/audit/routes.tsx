import { IconHistory } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { NavItem } from "@/nav";
import { shell } from "@/shell";
import { auditSearch } from "./search";

export const audit = createRoute({
  getParentRoute: () => shell,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("./AuditPage"), "AuditPage"),
});

export const auditRoutes = [audit] as const;

export const auditNav: readonly NavItem[] = [
  { to: "/audit", label: "audit", icon: IconHistory, offeredTo: (may) => may.mayAudit },
];
