import { Button, Text, Title } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSession } from "@/api/session";
import { AppLink } from "@/components/AppLink";
import { ErrorState } from "@/components/ErrorState";
import { VariableWords } from "@/components/facts/variableWords";
import { Loading } from "@/components/Loading";
import { PageHeader } from "@/components/PageHeader";
import { When } from "@/components/When";
import { useNow } from "@/hooks/clock";
import { useT } from "@/i18n";
import { CaseFacts } from "./CaseHead";
import { CaseOpen } from "./CaseSide";
import { DataTables } from "./DataTab";
import { type Case, caseQuery, papersQuery, variablesQuery } from "./data";
import { DocumentTable } from "./DocumentsTab";
import { MessageList } from "./MessagesTab";
import { StateBadge } from "./StateBadge";
import { Steps } from "./Timeline";
import { useAllPages } from "./useAllPages";
import "./cases.css";

const printOfCase = getRouteApi("/shell/cases/$number/print");

/** A case on paper: how it stands, what it knows, and its story from the beginning. */
export function PrintPage() {
  const { number } = printOfCase.useParams();
  const found = useQuery(caseQuery(number));
  if (!found.data && found.error) return <ErrorState isPage error={found.error} />;
  if (!found.data) return <Loading rows={10} />;
  return (
    <VariableWords instances={found.data.processes}>
      <Papers one={found.data} />
    </VariableWords>
  );
}

function Papers({ one }: { one: Case }) {
  const t = useT("cases");
  const now = useNow();
  const { user } = useSession();
  const data = useQuery(variablesQuery(one.number));
  const story = useAllPages(papersQuery(one.number));
  const error = data.error ?? story.error;
  if (error) return <ErrorState isPage error={error} />;
  const isReady = Boolean(data.data && story.data && !story.hasNextPage);
  const steps = story.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className="app-page case-papers">
      <PageHeader
        title={t("cases:heading", { number: one.number })}
        actions={
          <div className="app-unprinted">
            <AppLink to="/cases/$number" params={{ number: one.number }} search={{}} size="sm">
              {t("cases:replay.back")}
            </AppLink>
            <Button
              ml="md"
              size="compact-md"
              leftSection={<IconPrinter size={15} aria-hidden />}
              loading={!isReady}
              onClick={() => window.print()}
            >
              {t("cases:print.do")}
            </Button>
          </div>
        }
      >
        <StateBadge state={one.state} />{" "}
        <Text span size="xs">
          {t("cases:print.stand")} <When at={now.toISOString()} />
          {user && ` · ${user.displayName}`}
        </Text>
      </PageHeader>
      <CaseFacts one={one} />
      <div className="case-side">
        <CaseOpen one={one} />
      </div>
      {!isReady && <Loading rows={10} />}
      <Part title={t("cases:tabs.data")}>
        {data.data && <DataTables one={one} variables={data.data.items} isRaw={false} />}
      </Part>
      <Enclosures one={one} />
      <Part title={t("cases:tabs.timeline")}>{steps.length > 0 && <Steps steps={steps} />}</Part>
    </div>
  );
}

/** Documents by name, messages with their text. */
function Enclosures({ one }: { one: Case }) {
  const t = useT("cases");
  return (
    <>
      {one.documents.length > 0 && (
        <Part title={t("cases:tabs.documents")}>
          <DocumentTable one={one} />
        </Part>
      )}
      {one.messages.length > 0 && (
        <Part title={t("cases:tabs.messages")}>
          <MessageList one={one} isWhole />
        </Part>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <Title order={2} mt="lg" mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}
