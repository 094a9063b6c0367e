/**
 * Keys of pages. A page says `useKeys([{ key: "j", label, run }])`; the `?`
 * dialog lists what is bound at the moment. Single letters can be switched off (WCAG 2.1.4), and
 * do nothing while somebody types, composes Chinese or has a dialog open.
 */
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";

export interface KeyBinding {
  /** As `KeyboardEvent.key`, with `Ctrl+` before it where meant (⌘ on a Mac). */
  key: string;
  /** What it does, translated. */
  label: string;
  run: () => void;
}

const SWITCH = "redress.keys";

let layers: readonly (readonly KeyBinding[])[] = [];
const listeners = new Set<() => void>();

export function useKeys(bindings: readonly KeyBinding[]): void {
  const latest = useRef(bindings);
  useLayoutEffect(() => {
    latest.current = bindings;
  });
  const names = bindings.map((one) => one.key + one.label).join("\n");
  useEffect(() => {
    const layer = latest.current.map(({ key, label }) => ({
      key,
      label,
      run: () => runLatest(key),
    }));
    const runLatest = (key: string) => latest.current.find((one) => one.key === key)?.run();
    change([...layers, layer]);
    return () => change(layers.filter((one) => one !== layer));
  }, [names]);
}

/** Returns what is bound now, the page's own keys last. */
export function useBindings(): readonly KeyBinding[] {
  return useSyncExternalStore(subscribe, () => layers).flat();
}

export function useSingleKeys(): [boolean, (on: boolean) => void] {
  return [useSyncExternalStore(subscribe, singleKeysAreOn), switchSingleKeys];
}

/** Listens before anything on the page does: form-js keeps every Enter of a list for itself. */
export function listenToKeys(): () => void {
  document.addEventListener("keydown", onKey, { capture: true });
  return () => document.removeEventListener("keydown", onKey, { capture: true });
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
  const withControl = event.ctrlKey || event.metaKey;
  if (!withControl && !mayBeSingleKey(event)) return;
  const pressed = withControl ? `Ctrl+${event.key}` : event.key;
  const bound = layers.flat().findLast((one) => one.key === pressed);
  if (!bound) return;
  event.preventDefault();
  event.stopPropagation();
  bound.run();
}

function mayBeSingleKey({ key, target }: KeyboardEvent): boolean {
  if (!singleKeysAreOn() || isTyping(target)) return false;
  return key !== "Enter" || !isPressable(target);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

/** Enter belongs to what has the focus, if that can be pressed. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a, button, summary, [role=button]") !== null;
}

function singleKeysAreOn(): boolean {
  return localStorage.getItem(SWITCH) !== "off";
}

function switchSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(SWITCH);
  else localStorage.setItem(SWITCH, "off");
  change([...layers]);
}

function change(next: readonly (readonly KeyBinding[])[]): void {
  layers = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
