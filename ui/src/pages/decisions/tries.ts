/** Rows of inputs to try a decision with. The browser keeps them; the server answers them. */
import { useDebouncedValue, useLocalStorage } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";

type Value = components["schemas"]["JsonValue"];
export type Answer = components["schemas"]["RowResult"];

/** What is typed, by variable. */
export type Row = Readonly<Record<string, string>>;

const PAUSE_MS = 400;
const EMPTY: Row = {};

export function useRows(file: string, decision: string) {
  return useLocalStorage<readonly Row[]>({
    key: `redress.tries.${file}.${decision}`,
    defaultValue: [EMPTY],
    getInitialValueInEffect: false,
  });
}

/** Returns the server's answers to the rows, as the file is typed. */
export function useAnswers(xml: string, decisionId: string, rows: readonly Row[]) {
  const [asked] = useDebouncedValue({ xml, decisionId, rows }, PAUSE_MS);
  return useQuery({
    queryKey: ["tries", asked],
    queryFn: () => {
      const body = { ...asked, rows: asked.rows.map(variables) };
      return answer(api.POST("/api/decisions/try", { body }));
    },
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}

/** `customer.segment` becomes a `segment` in `customer`; what is left empty is not given. */
export function variables(row: Row): Record<string, Value> {
  const made: Record<string, Value> = {};
  for (const [path, typed] of Object.entries(row)) {
    if (typed.trim() === "") continue;
    const parts = path.split(".");
    const last = parts.pop() as string;
    let here = made;
    for (const part of parts) here = (here[part] ??= {}) as Record<string, Value>;
    here[last] = valueOf(typed.trim());
  }
  return made;
}

/** Numbers, true, false, null, lists and quoted text as JSON; all else is text. */
function valueOf(typed: string): Value {
  try {
    return JSON.parse(typed) as Value;
  } catch {
    return typed;
  }
}
