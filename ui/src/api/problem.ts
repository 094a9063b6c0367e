import type { components } from "@/api/schema";

/** One wrong value of a request; `pointer` is a JSON pointer into its body. */
export interface FieldProblem {
  pointer: string;
  code: string;
  detail: string;
  params?: Record<string, unknown>;
}

type ProblemDocument = Partial<components["schemas"]["Problem"]> & {
  requestId?: string;
  changedBy?: string | null;
  changedAt?: string | null;
};

/** A refusal of the server (RFC 9457), or `offline` when it could not be reached. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly errors: readonly FieldProblem[];
  readonly findings: readonly Record<string, unknown>[];
  readonly requestId: string | undefined;
  /** Of `outdated`: who changed it meanwhile, and when. */
  readonly changedBy: string | null;
  readonly changedAt: string | null;

  constructor(document: ProblemDocument) {
    super(document.detail ?? document.title ?? "");
    this.name = "Problem";
    this.code = document.code ?? "error";
    this.status = document.status ?? 0;
    this.errors = (document.errors ?? []) as FieldProblem[];
    this.findings = document.findings ?? [];
    this.requestId = document.requestId;
    this.changedBy = document.changedBy ?? null;
    this.changedAt = document.changedAt ?? null;
  }

  static offline(): Problem {
    return new Problem({ code: "offline", status: 0 });
  }
}

/** Returns whatever was thrown as a Problem. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  return new Problem({ code: "error", detail: thrown instanceof Error ? thrown.message : "" });
}
