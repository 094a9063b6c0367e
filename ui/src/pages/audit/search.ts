/** What the address of the audit page says; what it does not know is dropped. */
export interface AuditSearch {
  person?: string;
  kind?: string;
  case?: string;
  element?: string;
  /** First and last day, in the reader's zone: `2026-11-22`. */
  from?: string;
  to?: string;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

export function auditSearch(given: Record<string, unknown>): AuditSearch {
  const found: AuditSearch = {};
  for (const key of ["person", "kind", "case", "element"] as const) {
    const value = given[key];
    if ((typeof value === "string" && value) || typeof value === "number") found[key] = `${value}`;
  }
  for (const key of ["from", "to"] as const) {
    const value = given[key];
    if (typeof value === "string" && DAY.test(value)) found[key] = value;
  }
  return found;
}
