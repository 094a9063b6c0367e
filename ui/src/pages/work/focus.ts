/** Moves into a task: to the first field one may fill in, or to the button that takes it. */
export function focusTask(around: HTMLElement | null): void {
  const fields = "form input, form textarea, form select";
  const usable = [...(around?.querySelectorAll<HTMLInputElement>(fields) ?? [])].find(
    (one) => !one.readOnly && !one.disabled && one.type !== "hidden",
  );
  (usable ?? around?.querySelector<HTMLElement>(".task-foot button"))?.focus();
}
