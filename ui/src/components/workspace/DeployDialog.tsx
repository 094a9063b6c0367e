import { Alert, Button, Checkbox, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/api/problem";
import { ErrorState } from "@/components/ErrorState";
import { boundProcesses, type ModelId, usesQuery } from "@/components/library/models";
import { useT } from "@/i18n";
import { Again } from "./Again";
import { type Deployment, deployDrafts, draftsQuery, linkedDrafts } from "./drafts";
import { FindingList } from "./FindingList";
import { countOf, type Finding } from "./findings";
import type { Workspace } from "./useWorkspace";

interface Props {
  workspace: Workspace;
  findings: readonly Finding[];
  nameOf: (elementId: string) => string | undefined;
  /** What the file holds. */
  models: readonly ModelId[];
  /** What becomes of running cases. */
  afterwards: string;
  onClose: () => void;
  onDeployed: (deployment: Deployment) => void;
}

const MOST_COMMENT = 2_000;

/** Deploys the file, and other drafts with it: errors block, warnings are confirmed, a reason is kept. */
export function DeployDialog(props: Props) {
  const t = useT("workspace");
  return (
    <Modal
      opened
      size="lg"
      onClose={props.onClose}
      title={t("workspace:deploy.title", { name: props.workspace.name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Deploying {...props} />
    </Modal>
  );
}

function Deploying(props: Props) {
  const { workspace, findings, nameOf, models, afterwards, onClose, onDeployed } = props;
  const t = useT("workspace");
  const queries = useQueryClient();
  const [comment, setComment] = useState("");
  const [isConfirmed, setConfirmed] = useState(false);
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const others = useOtherDrafts(workspace.name);
  const along = chosen ?? linkedDrafts(workspace.content, others);
  const again = useAgain(models);
  const deploying = useMutation({
    mutationFn: async () => {
      if (workspace.isNew || workspace.stored.revision === null) {
        if (!(await workspace.save())) return onClose();
      }
      const names = [workspace.name, ...along];
      const deployment = await deployDrafts(names, comment.trim(), isConfirmed, again.chosen);
      await queries.invalidateQueries({ queryKey: ["library"] });
      onDeployed(deployment);
    },
  });
  const said = findingsOf(deploying.error) ?? findings;
  const errors = countOf(said, "error");
  const warnings = countOf(said, "warning");
  const needsConfirmation = warnings > 0;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        deploying.mutate();
      }}
    >
      <Stack gap="sm">
        {errors > 0 && (
          <Alert color="red" title={t("workspace:deploy.blocked", { count: errors })}>
            {t("workspace:deploy.blockedText")}
          </Alert>
        )}
        {said.length > 0 && (
          <FindingList label={t("workspace:problems.title")} findings={said} nameOf={nameOf} />
        )}
        <Again {...again} />
        <Others names={others} chosen={along} onChosen={setChosen} />
        <Textarea
          label={t("workspace:deploy.why")}
          description={t("workspace:deploy.whyText")}
          maxLength={MOST_COMMENT}
          autosize
          minRows={2}
          required
          data-autofocus
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        {needsConfirmation && (
          <Checkbox
            label={t("workspace:deploy.confirm", { count: warnings })}
            checked={isConfirmed}
            onChange={(event) => setConfirmed(event.currentTarget.checked)}
          />
        )}
        {deploying.error && !findingsOf(deploying.error) && <ErrorState error={deploying.error} />}
        <Text size="xs" c="dimmed">
          {afterwards}
        </Text>
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("workspace:deploy.cancel")}
          </Button>
          <Button
            type="submit"
            loading={deploying.isPending}
            disabled={
              !again.isKnown || errors > 0 || !comment.trim() || (needsConfirmation && !isConfirmed)
            }
          >
            {t("workspace:deploy.do")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface OthersProps {
  names: readonly string[];
  chosen: readonly string[];
  onChosen: (names: readonly string[]) => void;
}

/** Drafts that may be deployed along. */
function Others({ names, chosen, onChosen }: OthersProps) {
  const t = useT("workspace");
  if (names.length === 0) return null;
  return (
    <Checkbox.Group
      label={t("workspace:deploy.along")}
      description={t("workspace:deploy.alongText")}
      value={[...chosen]}
      onChange={onChosen}
    >
      <Stack gap={6} mt={6} mah={140} style={{ overflowY: "auto" }}>
        {names.map((name) => (
          <Checkbox key={name} value={name} label={name} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

/** Processes that get the new version only if they are deployed again: all, unless others are chosen. */
function useAgain(models: readonly ModelId[]) {
  const [chosen, onChosen] = useState<readonly string[] | null>(null);
  const { data, error } = useQuery(usesQuery(models));
  const uses = boundProcesses(data ?? []);
  const all = uses.map(({ processId }) => processId);
  return { uses, chosen: chosen ?? all, onChosen, isKnown: data !== undefined, error };
}

function useOtherDrafts(name: string): readonly string[] {
  const drafts = useQuery({ ...draftsQuery, staleTime: 0 });
  return (drafts.data ?? []).map((draft) => draft.name).filter((other) => other !== name);
}

function findingsOf(error: unknown): readonly Finding[] | null {
  if (!error) return null;
  const found = asProblem(error).findings as unknown as readonly Finding[];
  return found.length > 0 ? found : null;
}
