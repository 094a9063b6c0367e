import { getRouteApi } from "@tanstack/react-router";
import { Button, Group, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useRef } from "react";
import { AppLink } from "@/components/AppLink";
import { EmptyState } from "@/components/EmptyState";
import { ErrorState } from "@/components/ErrorState";
import { VariableWords } from "@/components/facts/variableWords";
import { Loading } from "@/components/Loading";
import { PageHeader } from "@/components/PageHeader";
import { When } from "@/components/When";
import type { DiagramHandle } from "@/islands/diagram";
import { useLanguage, useT } from "@/i18n";
import "./cases.css";
import { type CaseProcess, caseQuery, type Step, storyQuery } from "./data";
import { ProcessDiagram } from "./ProcessDiagram";
import { ReplayControls } from "./ReplayControls";
import { ReplaySteps } from "./ReplaySteps";
import { ReplayValues } from "./ReplayValues";
import { type Moment, momentOf, type Move, movesOf } from "./replay";
import { save } from "./save";
import { useAllPages } from "./useAllPages";
import { useMoveWords } from "./useMoveWords";

const replayOfCase = getRouteApi("/shell/cases/$number/replay");

/** Lives through a case again: its diagram, its data and its story, step by step. */
export function ReplayPage() {
  const { number } = replayOfCase.useParams();
  const t = useT("cases");
  const story = useStory(number);
  if (story.error && !story.data)
    return <ErrorState isPage error={story.error} onRetry={() => void story.refetch()} />;
  return (
    <div className="app-page">
      <PageHeader title={t("cases:replay.title", { number })}>
        <AppLink to="/cases/$number" params={{ number }} search={{}} size="sm">
          {t("cases:replay.back")}
        </AppLink>
      </PageHeader>
      {!story.data && <Loading rows={8} />}
      {story.data && story.data.steps.length === 0 && (
        <EmptyState title={t("cases:timeline.none")} />
      )}
      {story.data && story.data.steps.length > 0 && <Shown number={number} story={story.data} />}
    </div>
  );
}

const NO_PROCESSES: CaseProcess[] = [];

function Shown({ number, story }: { number: string; story: Story }) {
  const t = useT("cases");
  const { moves } = story;
  const { step = 1 } = replayOfCase.useSearch();
  const navigate = replayOfCase.useNavigate();
  const count = Math.min(Math.max(step, 1), moves.length);
  const go = useCallback(
    (to: number) =>
      void navigate({
        search: { step: Math.min(Math.max(to, 1), moves.length) },
        replace: true,
      }),
    [navigate, moves.length],
  );
  const moment = useMemo(() => momentOf(moves, count), [moves, count]);
  const picture = useRef<DiagramHandle>(null);
  const processes = useQuery(caseQuery(number)).data?.processes ?? NO_PROCESSES;
  return (
    <VariableWords instances={processes}>
      {story.total > story.steps.length && (
        <Text size="sm" c="dimmed" mb="sm" role="status">
          {t("cases:replay.reading", { shown: story.steps.length, total: story.total })}
        </Text>
      )}
      <ReplayControls moves={moves} count={count} onGo={go} />
      <div className="replay">
        <div className="replay-picture">
          <Now number={number} moves={moves} count={count} moment={moment} picture={picture} />
          <Exports number={number} story={story} picture={picture} />
          <ReplayValues values={moment.values} number={number} />
        </div>
        <ReplaySteps moves={moves} count={count} onGo={go} />
      </div>
    </VariableWords>
  );
}

interface Story {
  steps: readonly Step[];
  moves: readonly Move[];
  /** How many there are; until all are read, more than `steps`. */
  total: number;
}

/** Reads a story page by page until all of it is here; what is here can be replayed meanwhile. */
function useStory(number: string) {
  const { data, error, refetch } = useAllPages(storyQuery(number));
  const story = useMemo<Story | undefined>(() => {
    const steps = data?.pages.flatMap(({ items }) => items);
    const total = data?.pages.at(-1)?.totalSteps;
    return steps && total !== undefined ? { steps, moves: movesOf(steps), total } : undefined;
  }, [data]);
  return { data: story, error, refetch };
}

interface NowProps {
  number: string;
  moves: readonly Move[];
  count: number;
  moment: Moment;
  picture: React.Ref<DiagramHandle | null>;
}

function Now({ number, moves, count, moment, picture }: NowProps) {
  const move = moves[count - 1];
  const language = useLanguage();
  const words = useMoveWords(moves);
  const processes = useQuery(caseQuery(number)).data?.processes;
  const process = processes?.find((known) => known.processInstanceKey === moment.instance);
  return (
    <>
      <Text size="sm" aria-live="polite" className="replay-now">
        <Text span c="dimmed" size="xs">
          {process?.processNames[language]} · <When at={move?.[0].at} />
        </Text>{" "}
        {move && words(move)}
      </Text>
      <div className="case-drawing">
        {process ? (
          <ProcessDiagram process={process} marks={moment.marks} handle={picture} />
        ) : (
          <Loading />
        )}
      </div>
    </>
  );
}

interface ExportsProps {
  number: string;
  story: Story;
  picture: React.RefObject<DiagramHandle | null>;
}

function Exports({ number, story, picture }: ExportsProps) {
  const t = useT("cases");
  const savePicture = async () => {
    const svg = await picture.current?.svg();
    if (svg) save(`${number}.svg`, "image/svg+xml", svg);
  };
  const saveSteps = () =>
    save(`${number}.json`, "application/json", JSON.stringify(story.steps, null, 2));
  const icon = <IconDownload size={14} aria-hidden />;
  return (
    <Group gap="xs" my="xs">
      <Button size="xs" variant="default" leftSection={icon} onClick={() => void savePicture()}>
        {t("cases:replay.savePicture")}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={icon}
        onClick={saveSteps}
        disabled={story.steps.length < story.total}
      >
        {t("cases:replay.saveSteps")}
      </Button>
    </Group>
  );
}
