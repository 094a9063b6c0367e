import { Badge, Text } from "@mantine/core";
import { IconArrowsMove, IconMinus, IconPencil, IconPlus } from "@tabler/icons-react";
import { useLanguage, useT } from "@/i18n";
import { type Change, factOf } from "./comparing";

const LOOKS = {
  added: { color: "green", Icon: IconPlus },
  removed: { color: "red", Icon: IconMinus },
  changed: { color: "blue", Icon: IconPencil },
  moved: { color: "gray", Icon: IconArrowsMove },
} as const;

interface Props {
  changes: readonly Change[];
  chosen: string | null;
  onChosen: (elementId: string) => void;
}

/** What has changed, in words: the text of what the two diagrams show. */
export function Changes({ changes, chosen, onChosen }: Props) {
  const t = useT("library");
  const language = useLanguage();
  return (
    <ul className="compare-changes" aria-label={t("library:compare.changes")}>
      {changes.map((change) => {
        const { color, Icon } = LOOKS[change.kind];
        return (
          <li key={change.elementId} data-chosen={change.elementId === chosen || undefined}>
            <button type="button" onClick={() => onChosen(change.elementId)}>
              <Badge color={color} leftSection={<Icon size={13} aria-hidden />}>
                {t(`library:compare.kind.${change.kind}`)}
              </Badge>
              <strong>{change.names[language]}</strong>
            </button>
            {change.details.length > 0 && <Details details={change.details} />}
          </li>
        );
      })}
    </ul>
  );
}

function Details({ details }: Pick<Change, "details">) {
  const t = useT("library");
  return (
    <dl>
      {details.map(({ what, before, after }) => (
        <div key={what}>
          <dt>
            {t(`library:compare.fact.${factOf(what)}`)}{" "}
            <Text span size="xs" c="dimmed" className="compare-value">
              {what}
            </Text>
          </dt>
          <dd>
            {before === null ? <em>{t("library:compare.nothing")}</em> : <del>{before}</del>}
            <span aria-label={t("library:compare.becomes")}> → </span>
            {after === null ? <em>{t("library:compare.nothing")}</em> : <ins>{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
