import { Alert, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { AppLink } from "@/components/AppLink";
import { Diagram } from "@/components/Diagram";
import { ErrorState } from "@/components/ErrorState";
import { OnlyOwners } from "@/components/library/OnlyOwners";
import { Loading } from "@/components/Loading";
import { PageHeader } from "@/components/PageHeader";
import { saveNew } from "@/components/workspace/drafts";
import { FindingList } from "@/components/workspace/FindingList";
import { download } from "@/components/workspace/files";
import { useT } from "@/i18n";
import { type Imported, importQuery, namesIn, ownName, readOriginal } from "./imports";

const oneImport = getRouteApi("/shell/imports/$key");

/** What became of an imported diagram, part by part, and the way on to mend it. */
export function ImportPage() {
  return (
    <OnlyOwners>
      <Report />
    </OnlyOwners>
  );
}

function Report() {
  const t = useT("library");
  const { key } = oneImport.useParams();
  const found = useQuery(importQuery(key));
  if (found.error)
    return <ErrorState isPage error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const { fileName, executable, bpmn } = found.data;
  return (
    <div className="app-page">
      <PageHeader
        title={t("library:imports.report", { name: fileName })}
        actions={
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconDownload size={15} aria-hidden />}
            onClick={() => void readOriginal(key).then((text) => download(fileName, text))}
          >
            {t("library:imports.original")}
          </Button>
        }
      >
        <AppLink to="/imports">{t("library:imports.all")}</AppLink>
      </PageHeader>
      <Stack gap="md">
        {executable ? (
          <Alert color="green" title={t("library:imports.readyTitle")}>
            {t("library:imports.readyText")}
          </Alert>
        ) : (
          <Alert color="red" title={t("library:imports.blockedTitle")}>
            {t(bpmn ? "library:imports.blockedText" : "library:imports.refusedText")}
          </Alert>
        )}
        {bpmn && <OpenIt imported={found.data} />}
        {bpmn && <Picture imported={found.data} />}
        <Rows imported={found.data} />
      </Stack>
    </div>
  );
}

/** Saves the result as drafts, the diagram and the forms it needs, and opens it. */
function OpenIt({ imported }: { imported: Imported }) {
  const t = useT("library");
  const tw = useT("workspace");
  const navigate = useNavigate();
  const [name, setName] = useState(ownName(imported.fileName));
  const [taken, setTaken] = useState<string | null>(null);
  const opening = useMutation({
    mutationFn: async () => {
      if (!(await saveNew(name, imported.bpmn))) return setTaken(name);
      for (const form of imported.forms) await saveNew(form.fileName, form.content);
      await navigate({ to: "/processes/drafts/$name", params: { name } });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        opening.mutate();
      }}
    >
      <Group align="flex-start" gap="sm">
        <TextInput
          label={t("library:imports.as")}
          value={name}
          required
          w={320}
          error={taken === name ? tw("workspace:new.taken", { name }) : null}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" mt={24} loading={opening.isPending}>
          {t("library:imports.open")}
        </Button>
      </Group>
      {opening.error && <ErrorState error={opening.error} />}
    </form>
  );
}

const MARKS = { error: "incident", warning: "late", info: "done" } as const;

function Picture({ imported }: { imported: Imported }) {
  const t = useT("library");
  const [marks] = useState(() =>
    imported.findings.flatMap(({ elementId, severity }) =>
      elementId && severity !== "info" ? [{ elementId, mark: MARKS[severity] }] : [],
    ),
  );
  return (
    <div style={{ height: 340 }}>
      <Diagram label={t("library:imports.picture")} xml={imported.bpmn} marks={marks} />
    </div>
  );
}

const GROUPS = [
  ["error", "blocking"],
  ["warning", "changed"],
  ["info", "mapped"],
] as const;

function Rows({ imported }: { imported: Imported }) {
  const t = useT("library");
  const nameOf = useMemo(() => namesIn(imported.bpmn), [imported.bpmn]);
  return GROUPS.map(([severity, group]) => {
    const rows = imported.findings.filter((finding) => finding.severity === severity);
    const heading = t(`library:imports.${group}`, { count: rows.length });
    return (
      <section key={severity} aria-label={heading}>
        <Title order={2}>{heading}</Title>
        {rows.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("library:imports.nothing")}
          </Text>
        ) : (
          <FindingList label={heading} findings={rows} nameOf={nameOf} />
        )}
      </section>
    );
  });
}
