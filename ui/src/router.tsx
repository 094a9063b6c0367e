import {
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  stringifySearchWith,
} from "@tanstack/react-router";
import { sessionQuery } from "@/api/session";
import { queryClient } from "@/api/state";
import { homeOf } from "@/app/home";
import { areaRoutes } from "@/areas";
import { Loading } from "@/components/Loading";
import { root, shell } from "@/shell";

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: async () => {
    const { permissions } = await queryClient.ensureQueryData(sessionQuery);
    throw redirect({ to: homeOf(permissions) });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { to?: string } =>
    typeof search.to === "string" && /^\/(?![/\\])/.test(search.to) ? { to: search.to } : {},
  component: lazyRouteComponent(() => import("@/app/SignInPage"), "SignInPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([signIn, shell.addChildren([home, ...areaRoutes])]),
  defaultPreload: "intent",
  // Addresses for people: ?task=2251 and not ?task=%222251%22. A text of digits reads as a number.
  stringifySearch: stringifySearchWith(String),
  defaultPendingComponent: Loading,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
