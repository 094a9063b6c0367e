import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Diagram } from "@/components/Diagram";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { useT } from "@/i18n";
import type { Incident } from "./lists";
import { diagramQuery } from "./mending";

/** The diagram of the version that has stopped, with the step marked. */
export function Stopped({ incident }: { incident: Incident }) {
  const t = useT("operations");
  const { processDefinitionKey, elementId } = incident;
  const { data, error, refetch } = useQuery(diagramQuery(processDefinitionKey));
  const marks = useMemo(() => [{ elementId, mark: "incident" as const }], [elementId]);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading rows={4} />;
  if (!data.includes("BPMNPlane"))
    return (
      <Text size="sm" c="dimmed">
        {t("operations:mending.notDrawn")}
      </Text>
    );
  return <Diagram label={t("operations:mending.diagram")} xml={data} marks={marks} />;
}
