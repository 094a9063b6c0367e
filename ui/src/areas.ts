/** The areas of the pages; a new one adds its lines here and nowhere else. */
import type { NavItem } from "@/nav";
import { auditNav, auditRoutes } from "@/pages/audit/routes";
import { casesNav, casesRoutes } from "@/pages/cases/routes";
import { decisionsNav, decisionsRoutes } from "@/pages/decisions/routes";
import { formsNav, formsRoutes } from "@/pages/forms/routes";
import { libraryNav, libraryRoutes } from "@/pages/library/routes";
import { peopleNav, peopleRoutes } from "@/pages/people/routes";
import { startNav, startRoutes } from "@/pages/start/routes";
import { operationsNav, operationsRoutes } from "@/pages/operations/routes";
import { workNav, workRoutes } from "@/pages/work/routes";

// In the order of the navigation, one area a line, so that two who add one do not meet.
// prettier-ignore
export const areaRoutes = [
  ...workRoutes,
  ...startRoutes,
  ...casesRoutes,
  ...libraryRoutes,
  ...decisionsRoutes,
  ...formsRoutes,
  ...operationsRoutes,
  ...auditRoutes,
  ...peopleRoutes,
] as const;

// prettier-ignore
export const navigation: readonly NavItem[] = [
  ...workNav,
  ...startNav,
  ...casesNav,
  ...libraryNav,
  ...decisionsNav,
  ...formsNav,
  ...operationsNav,
  ...auditNav,
  ...peopleNav,
];
