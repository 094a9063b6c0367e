/** Names of people and processes, read once: lists show them instead of ids. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { type Language, useLanguage } from "@/i18n";

const FRESH_MS = 300_000;
const MOST = 1_000;

const peopleQuery = queryOptions({
  queryKey: ["directory", "people"],
  queryFn: async () => {
    const found = await answer(
      api.POST("/v2/users/search", { body: { page: { from: 0, limit: MOST } } }),
    );
    return new Map(found.items.map(({ username, name }) => [username, name ?? username]));
  },
  staleTime: FRESH_MS,
});

const processesQuery = queryOptions({
  queryKey: ["directory", "processes"],
  queryFn: async () => {
    const params = { path: { models: "processes" as const }, query: { limit: 100 } };
    const found = await answer(api.GET("/api/{models}", { params }));
    return new Map(found.items.map(({ id, names }) => [id, names]));
  },
  staleTime: FRESH_MS,
});

/** Returns a function from user name to name; until the names are there, to the user name. */
export function usePeopleNames(): (username: string) => string {
  const names = useQuery(peopleQuery).data;
  return (username) =>
    names?.get(username) ?? (username.startsWith("redress:") ? "Redress" : username);
}

/** Returns everybody, by name, to be picked from. */
export function usePeople(): readonly { username: string; name: string }[] {
  const names = useQuery(peopleQuery).data;
  return [...(names ?? [])].map(([username, name]) => ({ username, name }));
}

/** Returns the processes by id, with their names in the reader's language. */
export function useProcessNames(): ReadonlyMap<string, string> {
  const language = useLanguage();
  const found = useQuery(processesQuery).data;
  return new Map([...(found ?? [])].map(([id, names]) => [id, names[language]]));
}

/** Picks a name in a language from the properties `name.en` and `name.zh` of a model's element. */
export function nameIn(
  language: Language,
  properties: Record<string, string>,
  otherwise: string,
): string {
  return properties[`name.${language}`] ?? otherwise;
}
