import { Button, Modal, Text } from "@mantine/core";
import { signedInAgain } from "@/api/reauthentication";
import { queryClient, type Session, sessionKey } from "@/api/state";
import { SignInForm } from "@/app/SignInForm";
import { useT } from "@/i18n";

/** Over the page whose session has ended: the page behind keeps what was typed. */
export default function SignInAgain() {
  const t = useT();
  const before = queryClient.getQueryData<Session>(sessionKey)?.user?.username;
  const close = () => signedInAgain(false);
  return (
    <Modal
      opened
      onClose={close}
      title={t("common:signIn.again")}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Text size="sm" mb="md">
        {t("common:signIn.againText")}
      </Text>
      <SignInForm username={before} onSignedIn={() => signedInAgain(true)} />
      <Button mt="xs" fullWidth variant="subtle" color="gray" onClick={close}>
        {t("common:signIn.later")}
      </Button>
    </Modal>
  );
}
