import { changedIn, useFactWords } from "@/components/facts/fact";
import { useVariableWords } from "@/components/facts/variableWords";
import { useLanguage, useT } from "@/i18n";
import type { Step } from "./data";
import { type Move, namesOf } from "./replay";

/** The others are read in the table of the data. */
const MOST_NAMES = 4;

/** Returns a function that tells a move in one sentence. */
export function useMoveWords(moves: readonly Move[]): (move: Move) => string {
  const t = useT("cases");
  const language = useLanguage();
  const words = useFactWords(namesOf(moves, language));
  const variables = useVariableWords();
  const nameOf = (step: Step) => {
    const path = changedIn(step) ?? "";
    return variables.label({ instance: step.processInstanceKey, path }) ?? path;
  };
  const namesIn = (move: Move) => {
    const names = move.slice(0, MOST_NAMES).map(nameOf);
    return (move.length > MOST_NAMES ? [...names, "…"] : names).join(t("common:comma"));
  };
  return (move) =>
    move.length === 1
      ? words(move[0])
      : t("cases:replay.set", { count: move.length, names: namesIn(move) });
}
