/** What happened, as timeline, replay and audit show it. */
import { usePeopleNames } from "@/api/directory";
import { useVariableWords } from "@/components/facts/variableWords";
import { useLanguage, useT } from "@/i18n";
import type { Texts } from "@/i18n/areas";

interface BothNames {
  en: string;
  zh: string;
}

export interface Fact {
  /** Null: it belongs to no case. */
  processInstanceKey: string | null;
  kind: string;
  actor: string;
  elementId: string | null;
  elementType?: string | null;
  names: BothNames | null;
  details: Record<string, unknown>;
  /** Of a changed variable. */
  variable?: { name: string; old: unknown; new: unknown; created: boolean } | null;
  /** Of a sequence flow that was taken. */
  flow?: { id: string; source: string; target: string } | null;
}

/** What a fact is about, to filter by. */
export type Topic = "people" | "process" | "messages" | "data" | "problems";

const TOPICS: Record<Topic, readonly string[]> = {
  people: [
    "instance_started",
    "user_task_created",
    "task_assigned",
    "task_unassigned",
    "task_completed",
    "task_updated",
    "cancel_requested",
    "document_uploaded",
    "document_deleted",
    "variables_set",
    "access_denied",
  ],
  process: [
    "instance_started",
    "instance_ended",
    "element_activated",
    "element_completed",
    "element_terminated",
    "flow_taken",
    "timer_started",
    "timer_fired",
    "wait_ended",
    "call_requested",
    "decision_made",
    "escalation_uncaught",
    "signal_awaited",
    "signal_received",
    "signal_thrown",
    "subscription_opened",
  ],
  messages: [
    "message_received",
    "message_published",
    "job_created",
    "job_completed",
    "job_failed",
    "job_updated",
    "job_error_thrown",
  ],
  data: ["variable_changed", "variables_set", "decision_made"],
  problems: [
    "incident_raised",
    "incident_resolved",
    "incident_retried",
    "job_failed",
    "job_error_thrown",
    "error_uncaught",
    "access_denied",
  ],
};

/** What a reader who wants the story, and not every token, is shown first. */
const STORY = [
  "instance_started",
  "instance_ended",
  "task_assigned",
  "task_completed",
  "task_updated",
  "cancel_requested",
  "document_uploaded",
  "variables_set",
  "access_denied",
  "user_task_created",
  "timer_fired",
  "message_received",
  "signal_received",
  "job_completed",
  "job_error_thrown",
  "job_failed",
  "decision_made",
  "call_requested",
  "incident_raised",
  "incident_resolved",
  "incident_retried",
  "error_uncaught",
  "escalation_uncaught",
];

/** Every kind that has words of its own. */
export type Kind = keyof Texts["facts"]["kinds"];

export const KINDS = [
  "instance_started",
  "instance_ended",
  "element_activated",
  "element_completed",
  "element_terminated",
  "flow_taken",
  "user_task_created",
  "task_assigned",
  "task_unassigned",
  "task_completed",
  "task_updated",
  "cancel_requested",
  "document_uploaded",
  "document_deleted",
  "variables_set",
  "variable_changed",
  "access_denied",
  "timer_started",
  "timer_fired",
  "wait_ended",
  "call_requested",
  "decision_made",
  "escalation_uncaught",
  "signal_awaited",
  "signal_received",
  "signal_thrown",
  "signal_broadcast",
  "signal_start_failed",
  "timer_start_failed",
  "subscription_opened",
  "message_received",
  "message_published",
  "job_created",
  "job_completed",
  "job_failed",
  "job_updated",
  "job_error_thrown",
  "incident_raised",
  "incident_resolved",
  "incident_retried",
  "error_uncaught",
  "account_created",
  "account_changed",
  "client_created",
  "deployed",
  "file_draft_removed",
  "group_created",
  "group_deleted",
  "group_renamed",
  "history_exported",
  "member_added",
  "member_removed",
  "model_imported",
  "password_changed",
  "restored_from_backup",
  "session_started",
  "session_ended",
  "sign_in_denied",
] as const satisfies readonly Kind[];

/** Those that tell why they were done. */
const EXPLAINED: ReadonlySet<Kind> = new Set<Kind>(["cancel_requested", "incident_retried"]);

/** Returns the name of the variable that a fact changed. */
export function changedIn(fact: Fact): string | undefined {
  const name = fact.variable?.name ?? fact.details["name"];
  return typeof name === "string" ? name : undefined;
}

/** The kinds of facts that a topic has, or for none the story. */
export function kindsOf(topic: Topic | undefined): readonly string[] {
  return topic ? TOPICS[topic] : STORY;
}

export function isAbout(fact: Fact, topic: Topic): boolean {
  return TOPICS[topic].includes(fact.kind);
}

/** The engine acts when a timer fires, a job runs or a message arrives: nobody asked just then. */
export const ENGINE = "redress:engine";

/** Returns the name of an element, if its model gives it one. */
type NameOf = (elementId: string) => string | undefined;

/** Returns a function that tells a fact in one sentence; `nameOf` tells the ends of a flow. */
export function useFactWords(nameOf?: NameOf): (fact: Fact) => string {
  const t = useT("facts");
  const language = useLanguage();
  const person = useActorName();
  const words = useVariableWords();
  const elementName = ({ elementId, elementType, names }: Fact): string => {
    if (names && names.en !== elementId) return names[language];
    if (elementType?.endsWith("GATEWAY")) return t("facts:unnamed.gateway");
    if (elementType?.endsWith("EVENT")) return t("facts:unnamed.event");
    return names?.[language] ?? elementId ?? "";
  };
  const variableName = (fact: Fact): string => {
    const name = changedIn(fact);
    return (name && words.label({ instance: fact.processInstanceKey, path: name })) ?? name ?? "";
  };
  return (fact) => {
    const { details } = fact;
    const text = (...keys: string[]) => {
      const key = keys.find((one) => details[one] !== null && details[one] !== undefined);
      return key === undefined ? "" : String(details[key]);
    };
    const values = {
      who: person(fact.actor),
      element: elementName(fact),
      name: variableName(fact),
      whom: person(text("to", "assignee", "username")),
      text: text("message", "text", "error", "refused"),
      thing: text("file_name", "group_id", "name", "username"),
    };
    const kind = KINDS.find((known) => known === fact.kind);
    const from = fact.flow && nameOf?.(fact.flow.source);
    const to = fact.flow && nameOf?.(fact.flow.target);
    if (from && to) return t("facts:flow", { from, to });
    if (kind === "task_assigned" && values.whom === values.who) return t("facts:claimed", values);
    if (!kind) return t("facts:other", { ...values, kind: fact.kind.replaceAll("_", " ") });
    const said = t(`facts:kinds.${kind}.said` as const, values);
    const reason = EXPLAINED.has(kind) && text("reason");
    return reason ? t("facts:because", { said, reason }) : said;
  };
}

/** Returns a function from kind to the word that filters show. */
export function useKindNames(): (kind: Kind) => string {
  const t = useT("facts");
  return (kind) => t(`facts:kinds.${kind}.name` as const);
}

/** Returns a function from user name to a name; the engine is called by the product's name. */
export function useActorName(): (username: string) => string {
  const people = usePeopleNames();
  const t = useT("facts");
  return (username) => (username === ENGINE ? t("facts:engine") : people(username));
}
