import { IconFileImport, IconSitemap } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { versionInAddress } from "@/components/library/models";
import type { NavItem } from "@/nav";
import { shell } from "@/shell";

const list = createRoute({
  getParentRoute: () => shell,
  path: "/processes",
  component: lazyRouteComponent(() => import("./LibraryPage"), "LibraryPage"),
});

/** The diagram of a process: its draft, or the version that is named. */
export const editProcess = createRoute({
  getParentRoute: () => shell,
  path: "/processes/$id/edit",
  validateSearch: versionInAddress,
  component: lazyRouteComponent(() => import("./EditProcessPage"), "EditProcessPage"),
});

/** Two versions side by side; 0 is the draft. */
const compareProcess = createRoute({
  getParentRoute: () => shell,
  path: "/processes/$id/compare",
  validateSearch: ({ from, to }: Record<string, unknown>): { from?: number; to?: number } => ({
    ...(Number.isInteger(from) && { from: from as number }),
    ...(Number.isInteger(to) && { to: to as number }),
  }),
  component: lazyRouteComponent(() => import("./ComparePage"), "ComparePage"),
});

/** A draft of a file that is not deployed yet. */
export const editDraft = createRoute({
  getParentRoute: () => shell,
  path: "/processes/drafts/$name",
  component: lazyRouteComponent(() => import("./EditDraftPage"), "EditDraftPage"),
});

const imports = createRoute({
  getParentRoute: () => shell,
  path: "/imports",
  component: lazyRouteComponent(() => import("./ImportsPage"), "ImportsPage"),
});

export const oneImport = createRoute({
  getParentRoute: () => shell,
  path: "/imports/$key",
  component: lazyRouteComponent(() => import("./ImportPage"), "ImportPage"),
});

export const libraryRoutes = [
  list,
  editProcess,
  compareProcess,
  editDraft,
  imports,
  oneImport,
] as const;

export const libraryNav: readonly NavItem[] = [
  { to: "/processes", label: "processes", icon: IconSitemap, offeredTo: (may) => may.mayDeploy },
  { to: "/imports", label: "imports", icon: IconFileImport, offeredTo: (may) => may.mayDeploy },
];
