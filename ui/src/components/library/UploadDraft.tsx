import { Button } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import { useToast } from "@/components/toast";
import { saveNew } from "@/components/workspace/drafts";
import { FilePicker } from "@/components/workspace/FilePicker";
import type { FileKind } from "@/components/workspace/kinds";
import { useT } from "@/i18n";
import { ADDRESSES } from "./addresses";

/** A file of ours, or of Camunda Modeler, becomes a draft and is opened. */
export function UploadDraft({ kind }: { kind: FileKind }) {
  const t = useT("workspace");
  const toast = useToast();
  const navigate = useNavigate();
  const [error, setError] = useState<unknown>();
  const upload = async (name: string, content: string) => {
    setError(undefined);
    try {
      if (await saveNew(name, content))
        await navigate({ to: ADDRESSES[kind].draft, params: { name } });
      else toast(t("workspace:uploadExists", { name }), "orange");
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <>
      <FilePicker
        label={t("workspace:openFile")}
        kind={kind}
        onPicked={(name, content) => void upload(name, content)}
      >
        {(choose) => (
          <Button
            size="compact-md"
            variant="default"
            leftSection={<IconUpload size={15} aria-hidden />}
            onClick={choose}
          >
            {t("workspace:openFile")}
          </Button>
        )}
      </FilePicker>
      {Boolean(error) && <ErrorState error={error} />}
    </>
  );
}
