/** The two routes that all others hang on; areas import `shell` as their parent. */
import { createRootRoute, createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { sessionQuery } from "@/api/session";
import { queryClient } from "@/api/state";
import { Crash } from "@/app/Crash";
import { NotFound } from "@/app/NotFound";
import { Root } from "@/app/Root";

export const root = createRootRoute({
  component: Root,
  notFoundComponent: NotFound,
  errorComponent: Crash,
});

/** Pages for people who have signed in, inside the frame with the navigation. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: lazyRouteComponent(() => import("@/app/Shell"), "Shell"),
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session.user) throw redirect({ to: "/sign-in", search: { to: location.href } });
  },
});
