/** What the work of outside systems is called. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import type { components } from "@/api/schema";
import { useLanguage } from "@/i18n";

type Template = components["schemas"]["TemplateList"]["items"][number];

interface Property {
  value?: unknown;
  binding?: { type: string };
}

const templatesQuery = queryOptions({
  queryKey: ["templates"],
  queryFn: () => answer(api.GET("/api/templates")),
  staleTime: Infinity,
});

/** Returns the names of the kinds of work by their job type: `redress:email` is "Send e-mail". */
export function useWorkNames(): ReadonlyMap<string, string> {
  const language = useLanguage();
  const templates = useQuery(templatesQuery).data?.items ?? [];
  return new Map(
    templates.flatMap((one) => {
      const type = typeOf(one);
      return type ? [[type, nameIn(String(one.name), language)] as const] : [];
    }),
  );
}

function typeOf(template: Template): string | undefined {
  const properties = (template.properties ?? []) as readonly Property[];
  const found = properties.find(({ binding }) => binding?.type === "zeebe:taskDefinition");
  return typeof found?.value === "string" ? found.value : undefined;
}

/** A template has one name for both: "Send e-mail / 发送邮件". */
function nameIn(name: string, language: "en" | "zh"): string {
  const [english = name, chinese = english] = name.split(" / ");
  return language === "zh" ? chinese : english;
}
