import { answer, api } from "@/api/client";
import { asProblem } from "@/api/problem";
import { forgetTyped, keepTyped, type Typed } from "@/components/typed";
import type { Values } from "@/islands/form";

/**
 * `waiting`: in this browser, and sent as soon as that is possible. `elsewhere`: another window has
 * saved something else. `refused`: it cannot be kept for the task any more. `tooLarge`: it is too
 * much for a draft.
 */
export type DraftState = "none" | "saved" | "waiting" | "elsewhere" | "refused" | "tooLarge";

export interface Said {
  state: DraftState;
  savedAt: string | undefined;
}

const PAUSE_MS = 1_500;
const AGAIN_MS = [3_000, 10_000, 30_000];
const FINAL: Record<string, DraftState> = {
  outdated: "elsewhere",
  conflict: "refused",
  forbidden: "refused",
  "not-found": "refused",
  "limit-exceeded": "tooLarge",
};

/** Keeps what is typed into one task: here at once, on the server after each pause. */
export class DraftKeeper {
  private unsaved: Values | undefined;
  private isSending = false;
  private failures = 0;
  private timer: number | undefined;

  constructor(
    private readonly taskKey: string,
    private readonly place: string,
    private replaces: string | null | undefined,
    private readonly say: (said: Said) => void,
  ) {}

  changed(values: Values): void {
    this.unsaved = values;
    const typed: Typed = { values, replaces: this.replaces ?? null };
    keepTyped(this.place, typed);
    this.later(PAUSE_MS);
  }

  /** Sends what is not saved yet, at once. */
  keep = async (): Promise<void> => {
    window.clearTimeout(this.timer);
    const variables = this.unsaved;
    if (variables === undefined || this.isSending) return;
    this.isSending = true;
    try {
      const { savedAt, revision } = await this.send(variables);
      this.replaces = revision;
      this.failures = 0;
      if (this.unsaved === variables) this.forget();
      else keepTyped(this.place, { values: this.unsaved ?? {}, replaces: revision });
      this.say({ state: "saved", savedAt });
    } catch (error) {
      this.failed(asProblem(error).code, asProblem(error).status);
    } finally {
      this.isSending = false;
    }
    if (this.unsaved !== undefined && this.unsaved !== variables) this.later(PAUSE_MS);
  };

  /** Saves this window's over whatever another one has saved. */
  keepThis(): void {
    this.replaces = undefined;
    void this.keep();
  }

  /** What is typed now needs no keeping any more. */
  forget(): void {
    window.clearTimeout(this.timer);
    this.unsaved = undefined;
    forgetTyped(this.place);
  }

  private send(variables: Values) {
    return answer(
      api.PUT("/api/user-tasks/{key}/draft", {
        params: { path: { key: this.taskKey } },
        body: {
          variables: variables as Record<string, never>,
          ...(this.replaces !== undefined && { replaces: this.replaces }),
        },
      }),
    );
  }

  private failed(code: string, status: number): void {
    const state = status === 413 ? "tooLarge" : (FINAL[code] ?? "waiting");
    this.say({ state, savedAt: undefined });
    // Who does not want to sign in now is not asked again before typing on.
    if (state !== "waiting" || code === "unauthenticated") return;
    this.later(AGAIN_MS[Math.min(this.failures++, AGAIN_MS.length - 1)] ?? PAUSE_MS);
  }

  private later(pause: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.keep(), pause);
  }
}
