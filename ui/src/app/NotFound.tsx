import { Container } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { AppLink } from "@/components/AppLink";
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
        action={<AppLink to="/">{t("common:notFound.home")}</AppLink>}
      >
        {t("common:notFound.text")}
      </EmptyState>
    </Container>
  );
}
