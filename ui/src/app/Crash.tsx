import { Container } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { ErrorState } from "@/components/ErrorState";

/** What is shown when a page fails in a way that it did not expect. */
export function Crash({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Container component="main" size="sm" py="xl">
      <ErrorState error={error} onRetry={again} isPage />
    </Container>
  );
}
