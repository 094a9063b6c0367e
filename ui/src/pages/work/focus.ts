const FRAMES = 20;

/**
 * Moves into a task: to the first field one may fill in, else to the button that takes it.
 * A form that was just opened or taken becomes writable some frames later.
 */
export function focusTask(around: HTMLElement | null, frames = FRAMES): void {
  const fields = around?.querySelectorAll<HTMLInputElement>("form :is(input, textarea, select)");
  const usable = [...(fields ?? [])].find((one) => !one.readOnly && !one.disabled);
  if (usable) usable.focus();
  else if (frames > 0) requestAnimationFrame(() => focusTask(around, frames - 1));
  else around?.querySelector<HTMLElement>(".task-foot button")?.focus();
}
