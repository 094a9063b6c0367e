/** What variables and their values are called, by the forms and diagrams of their processes. */
import { queryOptions, useQueries } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { type Language, useLanguage, useT } from "@/i18n";
import type { Texts } from "@/i18n/areas";

type Named = components["schemas"]["VariableName"];
/** By process instance: the names of its version's variables. */
type Known = ReadonlyMap<string, ReadonlyMap<string, Named>>;

const Context = createContext<Known>(new Map());

function namesQuery(definitionKey: string) {
  return queryOptions({
    queryKey: ["variable-names", definitionKey],
    queryFn: async () => {
      const found = await answer(
        api.GET("/api/process-definitions/{key}/variable-names", {
          params: { path: { key: definitionKey } },
        }),
      );
      return new Map(found.items.map((one) => [one.name, one]));
    },
    staleTime: Infinity,
  });
}

interface Given {
  processInstanceKey: string | null;
  processDefinitionKey: string | null;
}

/** Lets everything inside call the variables of these process instances by their names. */
export function VariableWords({
  instances,
  children,
}: {
  instances: readonly Given[];
  children: ReactNode;
}) {
  const definitions = [
    ...new Set(instances.flatMap(({ processDefinitionKey: key }) => (key ? [key] : []))),
  ].sort();
  const read = useQueries({
    queries: definitions.map(namesQuery),
    combine: (results) => results.map(({ data }) => data),
  });
  const known = useMemo(() => {
    const byDefinition = new Map(definitions.map((key, index) => [key, read[index]]));
    return new Map(
      instances.flatMap(({ processInstanceKey: instance, processDefinitionKey: definition }) => {
        const names = definition && byDefinition.get(definition);
        return instance && names ? [[instance, names] as const] : [];
      }),
    );
    // `definitions` is made of `instances` at every rendering.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [instances, read]);
  return <Context value={known}>{children}</Context>;
}

/** A variable of a process instance, or with dots a part of one: `customer.email`. */
export interface Place {
  instance: string | null;
  path: string;
}

export interface Words {
  /** What people call it; undefined where nobody has said. */
  label: (place: Place) => string | undefined;
  /** What a fixed value means. */
  option: (place: Place, value: string) => string | undefined;
}

type Part = keyof Texts["facts"]["parts"];

/** What connectors and the engine itself call the parts of their values. */
const PARTS = [
  "action",
  "address",
  "amount",
  "assignee",
  "at",
  "balance",
  "binding",
  "business_id",
  "candidate_groups",
  "candidate_users",
  "category",
  "channels",
  "client_id",
  "code",
  "comment",
  "consent",
  "correlation_key",
  "count",
  "currency",
  "customer_id",
  "decision",
  "decision_id",
  "decision_key",
  "definition_key",
  "definitions",
  "delivered_at",
  "demo",
  "deployment_key",
  "document_id",
  "due_at",
  "due_date",
  "element_instance_key",
  "element_type",
  "email",
  "entry_id",
  "error_type",
  "escalation_code",
  "evaluations",
  "fields",
  "file_name",
  "filter",
  "follow_up_date",
  "form",
  "format",
  "from",
  "group_id",
  "groups",
  "headers",
  "id",
  "incident_key",
  "index",
  "inputs",
  "interrupting",
  "interval",
  "items",
  "job_key",
  "language",
  "last_surveyed_at",
  "matched_rules",
  "measure",
  "message",
  "message_id",
  "message_key",
  "message_name",
  "name",
  "new_promise",
  "note",
  "number",
  "online",
  "operation",
  "order_id",
  "order_known",
  "ordered_at",
  "outcome",
  "output",
  "outputs",
  "parent_key",
  "payload",
  "phone",
  "points",
  "price",
  "priority",
  "process",
  "process_id",
  "properties",
  "quantity",
  "reason",
  "refund_id",
  "refused",
  "repetitions",
  "resultVariable",
  "retries",
  "retryBackoff",
  "returnable",
  "role",
  "round",
  "rule_id",
  "scope_key",
  "segment",
  "sessions",
  "sha256",
  "size",
  "sku",
  "source_number",
  "source_process",
  "state",
  "status",
  "store_id",
  "subject",
  "template",
  "text",
  "time_to_live",
  "timer_key",
  "to",
  "type",
  "user_task_key",
  "username",
  "value",
  "values",
  "variable_names",
  "variables",
  "version",
  "version_tag",
  "waited_for",
  "warranty_months",
] as const satisfies readonly Part[];

/** Returns the words for variables in the reader's language. */
export function useVariableWords(): Words {
  const known = useContext(Context);
  const language = useLanguage();
  const t = useT("facts");
  return useMemo(() => {
    const partName = (name: string) => {
      const part = PARTS.find((one) => one === name);
      return part && t(`facts:parts.${part}` as const);
    };
    return wordsFrom(known, language, partName);
  }, [known, language, t]);
}

function wordsFrom(
  known: Known,
  language: Language,
  partName: (name: string) => string | undefined,
): Words {
  const named = ({ instance, path }: Place, accepts: (one: Named) => boolean) => {
    const names = known.get(instance ?? "");
    const own = names?.get(path);
    const ofPart = names?.get(path.slice(path.lastIndexOf(".") + 1));
    return [own, ofPart].find((one) => one && accepts(one));
  };
  return {
    label: (place) => {
      const last = place.path.slice(place.path.lastIndexOf(".") + 1);
      const exact = known.get(place.instance ?? "")?.get(place.path)?.names?.[language];
      return (
        exact ?? partName(last) ?? named(place, ({ names }) => names !== null)?.names?.[language]
      );
    },
    option: (place, value) =>
      named(place, ({ options }) => options.some((one) => one.value === value))?.options.find(
        (one) => one.value === value,
      )?.names[language],
  };
}
