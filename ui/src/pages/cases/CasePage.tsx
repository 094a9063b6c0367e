import { getRouteApi } from "@tanstack/react-router";
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Problem } from "@/api/problem";
import { VariableWords } from "@/components/facts/variableWords";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { useT } from "@/i18n";
import "./cases.css";
import { CaseHead } from "./CaseHead";
import { CaseSide } from "./CaseSide";
import { DataTab } from "./DataTab";
import { type Case, caseQuery } from "./data";
import { DiagramTab } from "./DiagramTab";
import { DocumentsTab } from "./DocumentsTab";
import { MessagesTab } from "./MessagesTab";
import { TABS } from "./search";
import { Timeline } from "./Timeline";

const oneCase = getRouteApi("/shell/cases/$number");

export function CasePage() {
  const { number } = oneCase.useParams();
  const found = useQuery(caseQuery(number));
  if (!found.data && found.error)
    return (
      <ErrorState
        isPage
        error={found.error}
        {...(!isMissing(found.error) && { onRetry: () => void found.refetch() })}
      />
    );
  if (!found.data) return <Loading rows={10} />;
  return <Shown one={found.data} />;
}

function isMissing(error: unknown): boolean {
  return error instanceof Problem && error.code === "not-found";
}

function Shown({ one }: { one: Case }) {
  const t = useT("cases");
  const { tab = "timeline" } = oneCase.useSearch();
  const navigate = oneCase.useNavigate();
  const counts = { documents: one.documents.length, messages: one.messages.length };
  const open = (chosen: string | null) => {
    const next = TABS.find((known) => known === chosen);
    void navigate({ search: next && next !== "timeline" ? { tab: next } : {} });
  };
  return (
    <VariableWords instances={one.processes}>
      <div className="app-page">
        <CaseHead one={one} />
        <div className="case-columns">
          <Tabs value={tab} onChange={open} keepMounted={false} className="case-tabs">
            <Tabs.List aria-label={t("cases:tabs.label")}>
              {TABS.map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t(`cases:tabs.${name}`)}
                  {name in counts && ` (${counts[name as keyof typeof counts]})`}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="timeline" pt="sm">
              <Timeline one={one} />
            </Tabs.Panel>
            <Tabs.Panel value="diagram" pt="sm">
              <DiagramTab one={one} />
            </Tabs.Panel>
            <Tabs.Panel value="data" pt="sm">
              <DataTab one={one} />
            </Tabs.Panel>
            <Tabs.Panel value="documents" pt="sm">
              <DocumentsTab one={one} />
            </Tabs.Panel>
            <Tabs.Panel value="messages" pt="sm">
              <MessagesTab one={one} />
            </Tabs.Panel>
          </Tabs>
          <CaseSide one={one} />
        </div>
      </div>
    </VariableWords>
  );
}
