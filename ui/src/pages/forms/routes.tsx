import { IconForms } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { versionInAddress } from "@/components/library/models";
import type { NavItem } from "@/nav";
import { shell } from "@/shell";

const list = createRoute({
  getParentRoute: () => shell,
  path: "/forms",
  component: lazyRouteComponent(() => import("./FormsPage"), "FormsPage"),
});

/** A form: its draft, or the version that is named. */
const editForm = createRoute({
  getParentRoute: () => shell,
  path: "/forms/$id/edit",
  validateSearch: versionInAddress,
  component: lazyRouteComponent(() => import("./EditFormPage"), "EditFormPage"),
});

/** A draft of a form that is not deployed yet. */
const editDraft = createRoute({
  getParentRoute: () => shell,
  path: "/forms/drafts/$name",
  component: lazyRouteComponent(() => import("./EditDraftPage"), "EditDraftPage"),
});

export const formsRoutes = [list, editForm, editDraft] as const;

export const formsNav: readonly NavItem[] = [
  { to: "/forms", label: "forms", icon: IconForms, offeredTo: (may) => may.mayDeploy },
];
