/**
 * A session that ends must not cost anybody what was typed: the request that met the 401 waits
 * here while a dialog over the page (`app/SignInAgain.tsx`) asks for the password.
 */
import { Problem } from "@/api/problem";

type Listener = () => void;

interface Waiting {
  resolve: () => void;
  reject: (problem: Problem) => void;
}

let waiting: Waiting[] = [];
const listeners = new Set<Listener>();

export function askToSignInAgain(): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting = [...waiting, { resolve, reject }];
    notify();
  });
}

/** Ends the waiting: the requests are sent again, or fail as unauthenticated. */
export function signedInAgain(success: boolean): void {
  const released = waiting;
  waiting = [];
  notify();
  for (const one of released) {
    if (success) one.resolve();
    else one.reject(new Problem({ code: "unauthenticated", status: 401 }));
  }
}

export function subscribe(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function mustSignInAgain(): boolean {
  return waiting.length > 0;
}

function notify(): void {
  for (const listener of listeners) listener();
}
