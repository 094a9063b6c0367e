import { Checkbox, Stack } from "@mantine/core";
import { ErrorState } from "@/components/ErrorState";
import { useLanguage, useT } from "@/i18n";
import type { Use } from "@/components/library/models";

interface Props {
  /** One use of each process that can be deployed again. */
  uses: readonly Use[];
  /** Their ids. */
  chosen: readonly string[];
  onChosen: (processes: readonly string[]) => void;
  error: unknown;
}

/** Processes that get the new version only if they are deployed again. */
export function Again({ uses, chosen, onChosen, error }: Props) {
  const t = useT("workspace");
  const language = useLanguage();
  if (error) return <ErrorState error={error} />;
  if (uses.length === 0) return null;
  return (
    <Checkbox.Group
      label={t("workspace:deploy.again")}
      description={t("workspace:deploy.againText")}
      value={[...chosen]}
      onChange={onChosen}
    >
      <Stack gap={6} mt={6} mah={140} style={{ overflowY: "auto" }}>
        {uses.map(({ processId, processNames, processVersion }) => (
          <Checkbox
            key={processId}
            value={processId}
            label={t("workspace:deploy.againItem", {
              process: processNames[language],
              version: processVersion,
            })}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
