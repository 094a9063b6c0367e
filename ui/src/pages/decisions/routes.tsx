import { IconTable } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { versionInAddress } from "@/components/library/models";
import type { NavItem } from "@/nav";
import { shell } from "@/shell";

const list = createRoute({
  getParentRoute: () => shell,
  path: "/decisions",
  component: lazyRouteComponent(() => import("./DecisionsPage"), "DecisionsPage"),
});

/** The file of a decision, opened at it: its draft, or the version that is named. */
export const editDecision = createRoute({
  getParentRoute: () => shell,
  path: "/decisions/$id/edit",
  validateSearch: versionInAddress,
  component: lazyRouteComponent(() => import("./EditDecisionPage"), "EditDecisionPage"),
});

/** A draft of a file that is not deployed yet. */
const editDraft = createRoute({
  getParentRoute: () => shell,
  path: "/decisions/drafts/$name",
  component: lazyRouteComponent(() => import("./EditDraftPage"), "EditDraftPage"),
});

export const decisionsRoutes = [list, editDecision, editDraft] as const;

export const decisionsNav: readonly NavItem[] = [
  { to: "/decisions", label: "decisions", icon: IconTable, offeredTo: (may) => may.mayDeploy },
];
