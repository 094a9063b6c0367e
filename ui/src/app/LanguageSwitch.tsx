import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { keepLanguage } from "@/api/session";
import { type Session, sessionKey } from "@/api/state";
import { chooseLanguage, useLanguage } from "@/i18n";

/** Shows the other language by its own name; remembered by the browser and with the account. */
export function LanguageSwitch() {
  const here = useLanguage();
  const client = useQueryClient();
  const other = here === "zh" ? "en" : "zh";
  const change = async () => {
    await chooseLanguage(other);
    if (client.getQueryData<Session>(sessionKey)?.user) await keepLanguage();
  };
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      lang={other === "zh" ? "zh-CN" : "en"}
      onClick={() => void change()}
    >
      {other === "zh" ? "中文" : "English"}
    </Button>
  );
}
