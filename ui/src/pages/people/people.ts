/** What the pages about people ask of the server. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema";
import { listQuery } from "@/components/list";
import { useT } from "@/i18n";

export type Person = components["schemas"]["PersonItem"];
export type PersonChange = components["schemas"]["PersonChange"];

const MOST_GROUPS = 200;

export function peopleQuery(q: string | undefined) {
  return listQuery(["people", "list", q], (page) =>
    answer(api.GET("/api/people", { params: { query: { ...page, ...(q && { q }) } } })),
  );
}

export const groupsQuery = queryOptions({
  queryKey: ["people", "groups"],
  queryFn: async () => {
    const page = { from: 0, limit: MOST_GROUPS };
    return (await answer(api.POST("/v2/groups/search", { body: { page } }))).items;
  },
});

/** The sessions of somebody; of oneself without a user name. */
export function sessionsQuery(username?: string) {
  return queryOptions({
    queryKey: ["people", "sessions", username],
    queryFn: async () => {
      const query = username === undefined ? {} : { username };
      return (await answer(api.GET("/api/sessions", { params: { query } }))).items;
    },
  });
}

/** Does something about people, and reads what is shown again. */
export function useChange<Given>(change: (given: Given) => Promise<unknown>, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["people"] });
      await client.invalidateQueries({ queryKey: ["directory", "people"] });
      onDone?.();
    },
  });
}

export function setMember(username: string, group: string, isMember: boolean): Promise<unknown> {
  const params = { path: { groupId: group, username } };
  return answer(
    isMember
      ? api.PUT("/v2/groups/{groupId}/users/{username}", { params })
      : api.DELETE("/v2/groups/{groupId}/users/{username}", { params }),
  );
}

const FIELDS = ["username", "name", "email", "password", "groupId"] as const;

/** Returns what the server says is wrong with a field, in the reader's words. */
export function useFieldErrors(error: unknown): Partial<Record<(typeof FIELDS)[number], string>> {
  const t = useT("people");
  const pointers = error ? asProblem(error).errors.map(({ pointer }) => pointer) : [];
  return Object.fromEntries(
    FIELDS.filter((field) => pointers.includes(`/${field}`)).map((field) => [
      field,
      t(`people:wrong.${field}`),
    ]),
  );
}
