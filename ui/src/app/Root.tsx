import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { mustSignInAgain, subscribe } from "@/api/reauthentication";
import { OfflineBar } from "@/app/OfflineBar";
import { Progress } from "@/app/Progress";
import { Loading } from "@/components/Loading";
import { listenToKeys } from "@/hooks/keys";

const SignInAgain = lazy(() => import("@/app/SignInAgain"));

export function Root() {
  useEffect(listenToKeys, []);
  const askAgain = useSyncExternalStore(subscribe, mustSignInAgain);
  return (
    <>
      <OfflineBar />
      <Progress />
      <Suspense fallback={<Loading />}>
        <Outlet />
      </Suspense>
      {askAgain && (
        <Suspense>
          <SignInAgain />
        </Suspense>
      )}
    </>
  );
}
