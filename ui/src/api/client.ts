/** The one way to the server. Types come from `schema.d.ts`, which `make ui-api` writes. */
import createClient from "openapi-fetch";
import { askToSignInAgain } from "@/api/reauthentication";
import type { paths } from "@/api/schema";
import { csrfToken, queryClient, sessionKey } from "@/api/state";
import { language } from "@/i18n";
import { Problem } from "./problem";

const SAFE = new Set(["GET", "HEAD"]);
const SENDINGS = 3;
const PAUSE_MS = 700;

/** Sends a request; answers 401 by signing in again over the page and sending it once more. */
async function guarded(request: Request): Promise<Response> {
  const response = await sent(request);
  if (response.status !== 401 || new URL(request.url).pathname === "/api/session") return response;
  await askToSignInAgain();
  return sent(request);
}

/** Sends a request, again if the network fails: its Idempotency-Key lets that happen once. */
async function sent(request: Request): Promise<Response> {
  for (let sending = 1; ; sending++) {
    try {
      return await fetch(signed(request.clone()));
    } catch (error) {
      if (request.signal.aborted) throw error;
      if (sending === SENDINGS || !navigator.onLine) throw Problem.offline();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * sending));
    }
  }
}

function signed(request: Request): Request {
  request.headers.set("Accept-Language", language() === "zh" ? "zh-CN" : "en");
  request.headers.set("X-Requested-With", "redress");
  const token = csrfToken();
  if (!SAFE.has(request.method) && token) request.headers.set("X-CSRF-Token", token);
  return request;
}

export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: guarded });

api.use({
  onRequest({ request }) {
    if (!SAFE.has(request.method) && !request.headers.has("Idempotency-Key")) {
      request.headers.set("Idempotency-Key", newKey());
    }
    return request;
  },
});

/** Returns the data of an answer, or throws its Problem. */
export async function answer<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await call;
  if (response.ok) return data as Data;
  const document = typeof error === "object" && error !== null ? error : {};
  throw new Problem({ status: response.status, ...document });
}

/** Reads the session again, after signing in or out. */
export async function renewSession(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: sessionKey });
}

/** A random key; `crypto.randomUUID` is missing where the page came by plain HTTP. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
