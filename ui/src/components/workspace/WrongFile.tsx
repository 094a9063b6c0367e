import { Alert, Text } from "@mantine/core";
import { IconFileAlert } from "@tabler/icons-react";
import { useT } from "@/i18n";
import type { FileKind, FoundKind } from "./kinds";

/** A file that somebody chose, and that cannot be opened where they are. */
export interface Unfit {
  name: string;
  found: FoundKind;
}

interface Props {
  file: Unfit;
  wanted: FileKind;
  onClose: () => void;
}

/** Says what the file is, and what to do with it. */
export function WrongFile({ file: { name, found }, wanted, onClose }: Props) {
  const t = useT("workspace");
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconFileAlert aria-hidden />}
      title={t(`workspace:wrongFile.wanted.${wanted}`, { name })}
      withCloseButton
      closeButtonLabel={t("common:close")}
      onClose={onClose}
    >
      <Text size="sm">{t(`workspace:wrongFile.found.${found}`)}</Text>
    </Alert>
  );
}
