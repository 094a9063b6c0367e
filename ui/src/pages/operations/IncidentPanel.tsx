import { Button, Drawer, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { usePermissions } from "@/api/session";
import { ErrorState } from "@/components/ErrorState";
import { useToast } from "@/components/toast";
import { When } from "@/components/When";
import { useLanguage, useT } from "@/i18n";
import { CaseLink } from "./CaseLink";
import { GiveUp } from "./GiveUp";
import type { Incident } from "./lists";
import { MendForm } from "./MendForm";
import { useRetry } from "./retry";
import { Stopped } from "./Stopped";
import { Where } from "./Where";

interface Props {
  incident: Incident;
  onClose: () => void;
}

/** One incident: what happened, where, what to do about it, and the ways out. */
export function IncidentPanel({ incident, onClose }: Props) {
  const t = useT("operations");
  const language = useLanguage();
  const toast = useToast();
  const { mayOperate } = usePermissions();
  const [isGivingUp, setGivingUp] = useState(false);
  const step = incident.names[language];
  const tried = () => {
    toast(t("operations:incidents.retried", { step }));
    onClose();
  };
  const retry = useRetry(tried);
  const words = incident[language];
  const isOpen = incident.state === "ACTIVE";
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={t("operations:incidents.one")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Stack gap="md">
        <Part title={t("operations:columns.happened")}>
          <Text size="sm">{words.happened}</Text>
          <Text size="xs" c="dimmed" lang="en" mt={4} className="operations-message">
            {incident.message}
          </Text>
        </Part>
        <Part title={t("operations:incidents.mend")}>
          <Text size="sm">{words.mend}</Text>
        </Part>
        <Part title={t("operations:columns.step")}>
          <Where names={incident.names} processId={incident.processId} />
        </Part>
        <Part title={t("operations:columns.case")}>
          <CaseLink number={incident.caseNumber} />
        </Part>
        <Part title={t("operations:columns.since")}>
          <Text size="sm">
            <When at={incident.creationTime} />
          </Text>
        </Part>
        {retry.error && <ErrorState error={retry.error} />}
        {isOpen && mayOperate && (
          <>
            <Button
              loading={retry.isPending}
              onClick={() => retry.mutate(incident.incidentKey)}
              data-autofocus
            >
              {t("operations:incidents.retry")}
            </Button>
            <Part title={t("operations:mending.title")}>
              <MendForm incident={incident} onDone={tried} />
            </Part>
            <Button variant="subtle" color="red" onClick={() => setGivingUp(true)}>
              {t("operations:givingUp.do")}…
            </Button>
          </>
        )}
        {isOpen && !mayOperate && (
          <Text size="sm" c="dimmed">
            {t("operations:incidents.onlyOperators")}
          </Text>
        )}
        <Part title={t("operations:mending.where")}>
          <Stopped incident={incident} />
        </Part>
      </Stack>
      {isGivingUp && (
        <GiveUp
          incidentKey={incident.incidentKey}
          onClose={() => setGivingUp(false)}
          onDone={() => {
            toast(t("operations:givingUp.done", { step }));
            onClose();
          }}
        />
      )}
    </Drawer>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section>
      <Title order={3} size="xs" c="dimmed" mb={2}>
        {title}
      </Title>
      {children}
    </section>
  );
}
