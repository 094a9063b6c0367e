/**
 * What somebody types, kept in this browser until the server has it. It is forgotten on signing
 * out: other people may use the machine.
 */
const PREFIX = "redress.typed.";

export interface Typed {
  values: Record<string, unknown>;
  /** The revision of the server's draft that it was begun from; null if there was none. */
  replaces: string | null;
}

/** A full or forbidden storage costs nothing but the copy: the page still has what was typed. */
export function keepTyped(place: string, typed: Typed): void {
  try {
    localStorage.setItem(PREFIX + place, JSON.stringify(typed));
  } catch {
    return;
  }
}

export function typedAt(place: string): Typed | undefined {
  const kept = localStorage.getItem(PREFIX + place);
  return kept === null ? undefined : (JSON.parse(kept) as Typed);
}

export function forgetTyped(place: string): void {
  localStorage.removeItem(PREFIX + place);
}

export function forgetAllTyped(): void {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  }
}
