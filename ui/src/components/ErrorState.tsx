import { Alert, Button, Code, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useProblemWords } from "@/components/problemWords";
import { useT } from "@/i18n";

interface Props {
  error: unknown;
  onRetry?: () => void;
  /** True if it is all that the page shows. */
  isPage?: boolean;
}

/** What went wrong, what to do, and the server's own words for whoever looks after it. */
export function ErrorState({ error, onRetry, isPage }: Props) {
  const t = useT();
  const { title, advice, detail, requestId } = useProblemWords()(error);
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle aria-hidden />} m={isPage ? "md" : 0}>
      <Stack gap="xs" align="flex-start">
        <Title order={isPage ? 1 : 2} size="h3">
          {title}
        </Title>
        <Text size="sm">{advice}</Text>
        {detail && (
          <details className="app-details">
            <summary>{t("common:details")}</summary>
            <Text size="xs" lang="en">
              {detail} {requestId && <Code>{requestId}</Code>}
            </Text>
          </details>
        )}
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {t("common:retry")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
