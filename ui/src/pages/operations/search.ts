const ERRORS = [
  "JOB_NO_RETRIES",
  "CONDITION_ERROR",
  "EXTRACT_VALUE_ERROR",
  "IO_MAPPING_ERROR",
  "CALLED_DECISION_ERROR",
  "DECISION_EVALUATION_ERROR",
  "UNHANDLED_ERROR_EVENT",
  "UNKNOWN",
] as const;
export const JOB_STATES = ["CREATED", "FAILED"] as const;
export const CAUSES = ERRORS;

export type Cause = (typeof ERRORS)[number];
export type JobState = (typeof JOB_STATES)[number];

/** What the address says of a list of incidents. */
export interface IncidentsSearch {
  process?: string;
  cause?: Cause;
  /** The type of the jobs that were given up. */
  work?: string;
  resolved?: true;
  /** The incident that is shown beside the list. */
  incident?: string;
}

/** What the address says of a list of jobs. */
export interface JobsSearch {
  process?: string;
  /** The type of the jobs. */
  work?: string;
  state?: JobState;
}

/** What the address says of a list of timers. */
export interface TimersSearch {
  overdue?: true;
}

export function incidentsSearch(given: Record<string, unknown>): IncidentsSearch {
  return known({
    process: text(given.process),
    cause: CAUSES.find((one) => one === given.cause),
    work: text(given.work),
    resolved: flag(given.resolved),
    incident: text(given.incident),
  });
}

export function jobsSearch(given: Record<string, unknown>): JobsSearch {
  return known({
    process: text(given.process),
    work: text(given.work),
    state: JOB_STATES.find((one) => one === given.state),
  });
}

export function timersSearch(given: Record<string, unknown>): TimersSearch {
  return known({ overdue: flag(given.overdue) });
}

function text(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function flag(value: unknown): true | undefined {
  return value === true ? true : undefined;
}

function known<Read extends object>(read: Read): { [Key in keyof Read]?: NonNullable<Read[Key]> } {
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Read]?: NonNullable<Read[Key]>;
  };
}
