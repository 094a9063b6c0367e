import { Text } from "@mantine/core";
import { useProcessNames } from "@/api/directory";
import { useLanguage } from "@/i18n";

interface Props {
  names: { en: string; zh: string };
  processId: string | null;
}

/** The step by its name, below it the process. */
export function Where({ names, processId }: Props) {
  const language = useLanguage();
  const processes = useProcessNames();
  return (
    <>
      <Text size="sm" fw={500}>
        {names[language]}
      </Text>
      {processId && (
        <Text size="xs" c="dimmed">
          {processes.get(processId) ?? processId}
        </Text>
      )}
    </>
  );
}
