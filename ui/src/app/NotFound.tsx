import { Anchor, Container } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "@/components/EmptyState";
import { useTitle } from "@/hooks/useTitle";
import { useT } from "@/i18n";

export function NotFound() {
  const t = useT();
  useTitle(t("common:notFound.title"));
  return (
    <Container component="main" size="sm" py="xl">
      <EmptyState
        isPage
        icon={IconMapOff}
        title={t("common:notFound.title")}
        action={
          <Anchor component={Link} to="/">
            {t("common:notFound.home")}
          </Anchor>
        }
      >
        {t("common:notFound.text")}
      </EmptyState>
    </Container>
  );
}
