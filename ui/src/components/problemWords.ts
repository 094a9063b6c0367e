import { asProblem } from "@/api/problem";
import { useT } from "@/i18n";

/** A refusal in the user's words. `detail` is the server's own sentence, in English. */
export interface ProblemWords {
  title: string;
  advice: string;
  detail: string;
  requestId: string | undefined;
}

/** Returns a function that says what went wrong and what to do, in the user's language. */
export function useProblemWords(): (error: unknown) => ProblemWords {
  const t = useT();
  return (error) => {
    const problem = asProblem(error);
    const known = problemCodes.find((code) => code === problem.code) ?? "error";
    return {
      title: t(`common:problems.${known}.title`),
      advice: t(`common:problems.${known}.advice`),
      detail: problem.message,
      requestId: problem.requestId,
    };
  };
}

const problemCodes = [
  "offline",
  "not-found",
  "conflict",
  "revision-conflict",
  "outdated",
  "forbidden",
  "cross-site",
  "unauthenticated",
  "too-many-attempts",
  "invalid-input",
  "deployment-refused",
  "limit-exceeded",
  "not-supported",
  "connector-error",
  "connector-unavailable",
  "connector-rejected",
  "unavailable",
] as const;
