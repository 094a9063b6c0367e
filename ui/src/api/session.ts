import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { type Permissions, queryClient, type Session, sessionKey } from "@/api/state";
import { followServerClock } from "@/hooks/clock";
import { forgetAllTyped } from "@/components/typed";
import { language } from "@/i18n";

const RENEW_MS = 60_000;

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: readSession,
  refetchInterval: RENEW_MS,
  staleTime: RENEW_MS,
});

async function readSession(): Promise<Session> {
  const session = await answer(api.GET("/api/session"));
  followServerClock(session.serverTime);
  return session;
}

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** The user name of who has signed in; empty for nobody. */
export function useUsername(): string {
  return useSession().user?.username ?? "";
}

export function usePermissions(): Permissions {
  return useSession().permissions;
}

export async function signIn(username: string, password: string): Promise<Session> {
  const session = await answer(api.POST("/api/session", { body: { username, password } }));
  followServerClock(session.serverTime);
  queryClient.setQueryData(sessionKey, session);
  return session;
}

/** Signs out and forgets everything that was read. */
export async function signOut(): Promise<void> {
  await answer(api.DELETE("/api/session"));
  forgetAllTyped();
  queryClient.clear();
}

/** Remembers the language with the account, so that the next browser shows it too. */
export async function keepLanguage(): Promise<void> {
  await answer(api.PUT("/api/session/language", { body: { language: language() } }));
}
