import { Select, Text } from "@mantine/core";
import { usePeopleNames } from "@/api/directory";
import { absolute } from "@/components/time";
import { useLanguage, useT } from "@/i18n";
import type { Model } from "@/components/library/models";

/** The versions of what is edited, and which of them is looked at. */
export interface VersionChoice {
  /** The newest first. */
  versions: readonly Model[];
  /** The number of the version that is looked at; undefined: the draft, or what is live. */
  shown: number | undefined;
  onShow: (version: number | undefined) => void;
}

/** Picks an earlier version to look at. */
export function VersionPicker({ versions, shown, onShow }: VersionChoice) {
  const t = useT("workspace");
  const data = versions.map(({ version }, index) => ({
    value: String(version),
    label: t(index === 0 ? "workspace:version.live" : "workspace:version.old", { number: version }),
  }));
  return (
    <Select
      size="xs"
      w={150}
      aria-label={t("workspace:version.label")}
      placeholder={t("workspace:version.label")}
      data={data}
      clearable
      clearButtonProps={{ "aria-label": t("workspace:version.leave") }}
      value={shown === undefined ? null : String(shown)}
      onChange={(chosen) => onShow(chosen ? Number(chosen) : undefined)}
    />
  );
}

/** Says of a version that is looked at: when it was live, who deployed it, and why. */
export function VersionNote({ versions, shown }: Pick<VersionChoice, "versions" | "shown">) {
  const t = useT("workspace");
  const language = useLanguage();
  const nameOf = usePeopleNames();
  const at = versions.findIndex(({ version }) => version === shown);
  const one = versions[at];
  if (!one?.deployedAt) return null;
  const day = (moment: string) => absolute(new Date(moment), language);
  const until = versions[at - 1]?.deployedAt;
  const since = day(one.deployedAt);
  const facts = [
    until
      ? t("workspace:version.between", { since, until: day(until) })
      : t("workspace:version.since", { since }),
    one.deployedBy && t("workspace:version.by", { who: nameOf(one.deployedBy) }),
    one.comment && t("workspace:version.why", { why: one.comment }),
    one.runningInstances !== null &&
      t("workspace:version.running", { count: one.runningInstances }),
  ];
  return (
    <Text size="sm" className="workspace-note" role="note">
      <strong>{t("workspace:version.old", { number: one.version })}</strong>
      {" · "}
      {facts.filter(Boolean).join(" · ")}
    </Text>
  );
}
