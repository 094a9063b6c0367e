import type { Sorting } from "@/components/DataTable";

export const VIEWS = ["todo", "mine", "unclaimed", "all"] as const;
export const DUES = ["overdue", "soon"] as const;
const SORTS = ["dueDate", "priority", "creationDate", "name", "businessId"] as const;

export type View = (typeof VIEWS)[number];
export type Due = (typeof DUES)[number];
export type SortField = (typeof SORTS)[number];

/** All that the address says of the work list; what is left out is as usual. */
export interface WorkSearch {
  view?: View;
  due?: Due;
  process?: string;
  /** Part of a case number or of a task's name. */
  q?: string;
  sort?: SortField;
  desc?: true;
  /** The key of the task that is shown beside the list. */
  task?: string;
}

/** Reads the address; what it does not know is dropped. */
export function workSearch(given: Record<string, unknown>): WorkSearch {
  const text = (value: unknown) =>
    typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  const read: { [Key in keyof WorkSearch]: WorkSearch[Key] | undefined } = {
    view: VIEWS.find((one) => one === given.view),
    due: DUES.find((one) => one === given.due),
    process: text(given.process),
    q: text(given.q),
    sort: SORTS.find((one) => one === given.sort),
    desc: given.desc === true ? true : undefined,
    task: text(given.task),
  };
  return Object.fromEntries(
    Object.entries(read).filter(([, value]) => value !== undefined),
  ) as WorkSearch;
}

export function sortingOf({ sort, desc }: WorkSearch): Sorting {
  return { field: sort ?? "dueDate", order: desc ? "DESC" : "ASC" };
}
