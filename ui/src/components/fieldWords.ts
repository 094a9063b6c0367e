import i18next from "i18next";
import type { FieldProblem } from "@/api/problem";
import { useT } from "@/i18n";
import type { Texts } from "@/i18n/areas";

type Code = keyof Texts["common"]["fields"];

/** Returns a function that says what is wrong with a field, in the reader's language. */
export function useFieldWords(): (problem: FieldProblem) => string {
  const t = useT();
  return ({ code, detail, params }) =>
    i18next.exists(`common:fields.${code}`)
      ? t(`common:fields.${code as Code}`, { ...params })
      : detail;
}
