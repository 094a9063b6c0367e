import { getRouteApi } from "@tanstack/react-router";
import { Paper } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "@/api/client";
import { AppNavLink } from "@/components/AppLink";
import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { Loading } from "@/components/Loading";
import { PageHeader } from "@/components/PageHeader";
import { useLanguage, useT } from "@/i18n";
import { StartForm } from "./StartForm";
import "./start.css";

const start = getRouteApi("/shell/start");

/** Starts a case by hand: which process, and its form. */
export function StartPage() {
  const t = useT("start");
  const language = useLanguage();
  const { process } = start.useSearch();
  const { data, error, refetch } = useQuery({
    queryKey: ["startable"],
    queryFn: () => answer(api.GET("/api/startable")),
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} isPage />;
  if (!data) return <Loading />;
  const chosen = data.items.find((item) => item.id === process);
  return (
    <div className="app-page start">
      <PageHeader title={t("start:title")} />
      {data.items.length === 0 ? (
        <EmptyState title={t("start:empty.title")}>{t("start:empty.text")}</EmptyState>
      ) : (
        <div className="start-panes">
          <nav aria-label={t("start:processes")}>
            {data.items.map(({ id, names }) => (
              <AppNavLink
                key={id}
                to="/start"
                search={{ process: id }}
                label={names[language]}
                active={id === process}
                aria-current={id === process ? "true" : undefined}
              />
            ))}
          </nav>
          <Paper withBorder p="md" className="start-form">
            {chosen ? (
              <StartForm key={chosen.key} process={chosen} />
            ) : (
              <EmptyState title={t("start:choose")}>{t("start:chooseText")}</EmptyState>
            )}
          </Paper>
        </div>
      )}
    </div>
  );
}
