/** Rows of inputs to try a decision with; those with an expected answer are examples of the file. */
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import type { Example } from "@/islands/dmn/examples";
import { examplesOf, parsed } from "./reading";

type Value = components["schemas"]["JsonValue"];
export type Answer = components["schemas"]["RowResult"];

/** What is typed: inputs by variable, and the expected answer; empty: none. */
export interface Row {
  inputs: Readonly<Record<string, string>>;
  expected: string;
}

type RowsByDecision = Readonly<Record<string, readonly Row[]>>;

const PAUSE_MS = 400;
const EMPTY: readonly Row[] = [{ inputs: {}, expected: "" }];

/** The rows of each decision of a file, begun with the examples that it was opened with. */
export function useTries(opened: string) {
  const [begun, setBegun] = useState(opened);
  const [rows, setRows] = useState(() => rowsIn(opened));
  if (begun !== opened) {
    setBegun(opened);
    setRows(rowsIn(opened));
  }
  return {
    examples: useMemo(() => examplesIn(rows), [rows]),
    rowsOf: (decision: string) => rows[decision] ?? EMPTY,
    change: (decision: string, next: readonly Row[]) => setRows({ ...rows, [decision]: next }),
  };
}

/** Returns the server's answers to the rows, as the file is typed; and whether they are up to date. */
export function useAnswers(xml: string, decisionId: string, rows: readonly Row[]) {
  const typing = useMemo(() => ({ xml, decisionId, rows }), [xml, decisionId, rows]);
  const [asked] = useDebouncedValue(typing, PAUSE_MS);
  const found = useQuery({
    queryKey: ["tries", asked],
    queryFn: () => {
      const body = {
        xml: asked.xml,
        decisionId: asked.decisionId,
        rows: asked.rows.map(variables),
        expected: asked.rows.map(({ expected }) =>
          expected.trim() === "" ? null : { answer: valueOf(expected.trim()) },
        ),
      };
      return answer(api.POST("/api/decisions/try", { body }));
    },
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
  return { found, isCurrent: asked === typing && !found.isPlaceholderData };
}

/** Returns how a value is typed, so that it is read back as the same. */
export function typed(value: unknown): string {
  return typeof value === "string" && valueOf(value) === value ? value : JSON.stringify(value);
}

function rowsIn(xml: string): RowsByDecision {
  const found: Record<string, Row[]> = {};
  for (const { decision, inputs, expected } of examplesOf(parsed(xml))) {
    try {
      const row = { inputs: paths(JSON.parse(inputs)), expected: typed(JSON.parse(expected)) };
      (found[decision] ??= []).push(row);
    } catch {
      continue; // the server says which example cannot be read
    }
  }
  return found;
}

function examplesIn(rows: RowsByDecision): Example[] {
  return Object.entries(rows).flatMap(([decision, those]) =>
    those
      .filter(({ expected }) => expected.trim() !== "")
      .map((row) => ({
        decision,
        inputs: JSON.stringify(variables(row)),
        expected: JSON.stringify(valueOf(row.expected.trim())),
      })),
  );
}

/** `customer.segment` becomes a `segment` in `customer`; what is left empty is not given. */
function variables({ inputs }: Row): Record<string, Value> {
  const made: Record<string, Value> = {};
  for (const [path, text] of Object.entries(inputs)) {
    if (text.trim() === "") continue;
    const parts = path.split(".");
    const last = parts.pop() as string;
    let here = made;
    for (const part of parts) here = (here[part] ??= {}) as Record<string, Value>;
    here[last] = valueOf(text.trim());
  }
  return made;
}

/** The other way round: a `segment` in `customer` becomes `customer.segment`. */
function paths(value: unknown, above = ""): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, inner] of Object.entries(value ?? {})) {
    const isContext = typeof inner === "object" && inner !== null && !Array.isArray(inner);
    Object.assign(
      found,
      isContext ? paths(inner, `${above}${name}.`) : { [above + name]: typed(inner) },
    );
  }
  return found;
}

/** Numbers, true, false, null, lists and quoted text as JSON; all else is text. */
function valueOf(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}
