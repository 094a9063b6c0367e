import { Button } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { ErrorState } from "@/components/ErrorState";
import { useToast } from "@/components/toast";
import { saveNew } from "@/components/workspace/drafts";
import { FilePicker } from "@/components/workspace/FilePicker";
import type { FileKind } from "@/components/workspace/kinds";
import { useT } from "@/i18n";

interface Props {
  kind: FileKind;
  onSaved: (name: string) => void;
}

/** A file of ours, or of Camunda Modeler, becomes a draft. */
export function UploadDraft({ kind, onSaved }: Props) {
  const t = useT("workspace");
  const toast = useToast();
  const [error, setError] = useState<unknown>();
  const upload = async (name: string, content: string) => {
    setError(undefined);
    try {
      if (await saveNew(name, content)) onSaved(name);
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
