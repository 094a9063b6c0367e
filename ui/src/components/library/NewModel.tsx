import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import { saveNew } from "@/components/workspace/drafts";
import type { FileKind } from "@/components/workspace/kinds";
import { useT } from "@/i18n";
import { ADDRESSES } from "./addresses";

const ID = /^[a-z][a-z0-9_]{0,62}$/;

interface Props {
  title: string;
  kind: FileKind;
  /** The file that it begins with. */
  blank: (id: string, english: string, chinese: string) => string;
  /** What else is asked. */
  children?: ReactNode;
  onClose: () => void;
}

/** Asks for the names of a new process, decision or form, saves a draft to begin with and opens it. */
export function NewModel({ title, kind, blank, children, onClose }: Props) {
  const t = useT("workspace");
  const navigate = useNavigate();
  const [english, setEnglish] = useState("");
  const [chinese, setChinese] = useState("");
  const [id, setId] = useState("");
  const shownId = id || proposed(english);
  const name = `${shownId}.${kind}`;
  const making = useMutation({
    mutationFn: async (draft: { name: string; content: string }) => {
      if (!(await saveNew(draft.name, draft.content))) return draft.name;
      await navigate({ to: ADDRESSES[kind].draft, params: { name: draft.name } });
      return null;
    },
  });
  const isWrong = shownId !== "" && !ID.test(shownId);
  const isTaken = making.data === name;
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate({ name, content: blank(shownId, english.trim(), chinese.trim()) });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t("workspace:new.english")}
            required
            data-autofocus
            value={english}
            onChange={(event) => setEnglish(event.currentTarget.value)}
          />
          <TextInput
            label={t("workspace:new.chinese")}
            required
            value={chinese}
            onChange={(event) => setChinese(event.currentTarget.value)}
          />
          <TextInput
            label={t("workspace:new.id")}
            description={t("workspace:new.idText")}
            required
            value={shownId}
            error={
              (isWrong && t("workspace:new.idWrong")) ||
              (isTaken && t("workspace:new.taken", { name }))
            }
            onChange={(event) => setId(event.currentTarget.value)}
          />
          {children}
          {making.error && <ErrorState error={making.error} />}
          <Group justify="flex-end">
            <Button
              type="submit"
              loading={making.isPending}
              disabled={!english.trim() || !chinese.trim() || !ID.test(shownId)}
            >
              {t("workspace:new.do")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** An id from a name: "Warranty claim" becomes "warranty_claim". */
function proposed(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "");
}
