import { Group, Select, SimpleGrid, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { AppLink } from "@/components/AppLink";
import { Diagram } from "@/components/Diagram";
import { ErrorState } from "@/components/ErrorState";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { Loading } from "@/components/Loading";
import { PageHeader } from "@/components/PageHeader";
import { useLanguage, useT } from "@/i18n";
import { Changes } from "./Changes";
import { type Compared, comparedQuery, DRAFT, marksOf } from "./comparing";
import "./library.css";

const compare = getRouteApi("/shell/processes/$id/compare");

/** Two versions of a process side by side, and in words what has changed between them. */
export function ComparePage() {
  return (
    <OnlyOwners>
      <Compare />
    </OnlyOwners>
  );
}

function Compare() {
  const { id } = compare.useParams();
  const { from, to } = compare.useSearch();
  const t = useT("library");
  const language = useLanguage();
  const found = useQuery(comparedQuery(id, from, to));
  if (found.error)
    return <ErrorState isPage error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const name = found.data.versions[0]?.names[language] ?? id;
  return (
    <div className="app-page">
      <PageHeader
        title={t("library:compare.title", { name })}
        actions={
          <AppLink to="/processes/$id/edit" params={{ id }} search={{}}>
            {t("library:compare.back")}
          </AppLink>
        }
      >
        {t("library:compare.subtitle")}
      </PageHeader>
      <SideBySide key={`${found.data.from}-${found.data.to}`} compared={found.data} />
    </div>
  );
}

function SideBySide({ compared }: { compared: Compared }) {
  const t = useT("library");
  const [chosen, setChosen] = useState<string | null>(null);
  const { changes, before, after } = compared;
  const marks = useMemo(() => marksOf(changes, chosen), [changes, chosen]);
  const label = useVersionLabel(compared);
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <section>
          <Picker compared={compared} side="from" />
          <div className="compare-diagram">
            <Diagram label={label(compared.from)} xml={before} marks={marks} onChosen={setChosen} />
          </div>
        </section>
        <section>
          <Picker compared={compared} side="to" />
          <div className="compare-diagram">
            <Diagram label={label(compared.to)} xml={after} marks={marks} onChosen={setChosen} />
          </div>
        </section>
      </SimpleGrid>
      <Title order={2} mt="md" mb="xs">
        {t("library:compare.changes")}
      </Title>
      {changes.length === 0 ? (
        <Text size="sm">{t("library:compare.same")}</Text>
      ) : (
        <Changes changes={changes} chosen={chosen} onChosen={setChosen} />
      )}
    </>
  );
}

function useVersionLabel({ versions }: Compared) {
  const t = useT("library");
  return (version: number) => {
    if (version === DRAFT) return t("library:compare.draft");
    const isLive = version === versions[0]?.version;
    return t(isLive ? "library:compare.live" : "library:compare.version", { number: version });
  };
}

function Picker({ compared, side }: { compared: Compared; side: "from" | "to" }) {
  const t = useT("library");
  const navigate = useNavigate();
  const { id } = compare.useParams();
  const label = useVersionLabel(compared);
  const numbers = compared.versions.map(({ version }) => version);
  const offered = compared.hasDraft ? [DRAFT, ...numbers] : numbers;
  return (
    <Group mb={6}>
      <Select
        size="xs"
        w={220}
        aria-label={t(`library:compare.${side}`)}
        allowDeselect={false}
        data={offered.map((version) => ({ value: String(version), label: label(version) }))}
        value={String(compared[side])}
        onChange={(picked) =>
          void navigate({
            to: "/processes/$id/compare",
            params: { id },
            search: { from: compared.from, to: compared.to, [side]: Number(picked) },
          })
        }
      />
    </Group>
  );
}
