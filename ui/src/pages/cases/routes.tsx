import { IconFolders } from "@tabler/icons-react";
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { NavItem } from "@/nav";
import { shell } from "@/shell";
import { caseSearch, casesSearch, replaySearch } from "./search";

export const caseList = createRoute({
  getParentRoute: () => shell,
  path: "/cases",
  validateSearch: casesSearch,
  component: lazyRouteComponent(() => import("./CasesPage"), "CasesPage"),
});

export const oneCase = createRoute({
  getParentRoute: () => shell,
  path: "/cases/$number",
  validateSearch: caseSearch,
  component: lazyRouteComponent(() => import("./CasePage"), "CasePage"),
});

export const replayOfCase = createRoute({
  getParentRoute: () => shell,
  path: "/cases/$number/replay",
  validateSearch: replaySearch,
  component: lazyRouteComponent(() => import("./ReplayPage"), "ReplayPage"),
});

const printOfCase = createRoute({
  getParentRoute: () => shell,
  path: "/cases/$number/print",
  component: lazyRouteComponent(() => import("./PrintPage"), "PrintPage"),
});

export const casesRoutes = [caseList, oneCase, replayOfCase, printOfCase] as const;

export const casesNav: readonly NavItem[] = [
  {
    to: "/cases",
    label: "cases",
    icon: IconFolders,
    offeredTo: (may) => may.doesTasks || may.seesAllCases,
  },
];
