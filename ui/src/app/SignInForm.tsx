import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { signIn } from "@/api/session";
import type { Session } from "@/api/state";
import { useProblemWords } from "@/components/problemWords";
import { useT } from "@/i18n";

interface Props {
  username?: string | undefined;
  onSignedIn: (session: Session) => void;
}

/** User name and password. The password is the only thing that is cleared after a refusal. */
export function SignInForm({ username: known, onSignedIn }: Props) {
  const t = useT();
  const words = useProblemWords();
  const [username, setUsername] = useState(known ?? "");
  const [password, setPassword] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const signing = useMutation({
    mutationFn: () => signIn(username, password),
    onSuccess: onSignedIn,
    onError: () => {
      setPassword("");
      field.current?.focus();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signing.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {signing.error && (
          <Alert color="red" role="alert">
            {words(signing.error).title}
          </Alert>
        )}
        <TextInput
          label={t("common:signIn.username")}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          readOnly={known !== undefined}
          required
          withAsterisk={false}
          data-autofocus={known === undefined || undefined}
        />
        <PasswordInput
          ref={field}
          label={t("common:signIn.password")}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus={known !== undefined || undefined}
          visibilityToggleButtonProps={{ "aria-label": t("common:signIn.reveal"), tabIndex: 0 }}
        />
        <Button type="submit" loading={signing.isPending}>
          {t("common:signIn.submit")}
        </Button>
      </Stack>
    </form>
  );
}
