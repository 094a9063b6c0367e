import { useQuery } from "@tanstack/react-query";
import type { Ref } from "react";
import { Diagram } from "@/components/Diagram";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { useLanguage, useT } from "@/i18n";
import type { DiagramHandle, DiagramProps } from "@/islands/diagram";
import { type CaseProcess, diagramQuery } from "./data";

interface Props {
  process: CaseProcess;
  marks: DiagramProps["marks"];
  onChosen?: (elementId: string) => void;
  handle?: Ref<DiagramHandle | null>;
}

/** The diagram of the version that a process of the case runs on. */
export function ProcessDiagram({ process, marks, onChosen, handle }: Props) {
  const t = useT("cases");
  const language = useLanguage();
  const diagram = useQuery(diagramQuery(process.processDefinitionKey));
  if (diagram.data)
    return (
      <Diagram
        label={t("cases:diagram.label", { process: process.processNames[language] })}
        xml={diagram.data}
        marks={marks}
        onChosen={onChosen}
        {...(handle && { handle })}
      />
    );
  if (diagram.error)
    return <ErrorState error={diagram.error} onRetry={() => void diagram.refetch()} />;
  return <Loading />;
}
