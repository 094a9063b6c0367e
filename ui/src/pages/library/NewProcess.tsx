import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import { useT } from "@/i18n";
import { blankProcess } from "./blank";
import { saveNew } from "./library";

const ID = /^[a-z][a-z0-9_]{0,62}$/;

/** Asks for the names of a new process, and opens it. */
export function NewProcess({ onClose }: { onClose: () => void }) {
  const t = useT("library");
  const navigate = useNavigate();
  const [english, setEnglish] = useState("");
  const [chinese, setChinese] = useState("");
  const [id, setId] = useState("");
  const shownId = id || proposed(english);
  const name = `${shownId}.bpmn`;
  const making = useMutation({
    mutationFn: () => saveNew(name, blankProcess(shownId, english.trim(), chinese.trim())),
    onSuccess: async (isNew) => {
      if (isNew) await navigate({ to: "/processes/drafts/$name", params: { name } });
    },
  });
  const isTaken = making.data === false && making.variables === undefined;
  const isWrong = shownId !== "" && !ID.test(shownId);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("library:new.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t("library:new.english")}
            required
            data-autofocus
            value={english}
            onChange={(event) => setEnglish(event.currentTarget.value)}
          />
          <TextInput
            label={t("library:new.chinese")}
            required
            value={chinese}
            onChange={(event) => setChinese(event.currentTarget.value)}
          />
          <TextInput
            label={t("library:new.id")}
            description={t("library:new.idText")}
            required
            value={shownId}
            error={
              isWrong ? t("library:new.idWrong") : isTaken ? t("library:new.taken", { name }) : null
            }
            onChange={(event) => setId(event.currentTarget.value)}
          />
          {making.error && <ErrorState error={making.error} />}
          <Group justify="flex-end">
            <Button
              type="submit"
              loading={making.isPending}
              disabled={!english.trim() || !chinese.trim() || !ID.test(shownId)}
            >
              {t("library:new.do")}
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
