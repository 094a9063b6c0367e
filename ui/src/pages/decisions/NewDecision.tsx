import { TagsInput } from "@mantine/core";
import { useState } from "react";
import { NewModel } from "@/components/library/NewModel";
import { useT } from "@/i18n";
import { blankDecision } from "./blank";
import { isPath } from "./reading";

/** Asks for the names of a new decision and what it depends on, and opens it. */
export function NewDecision({ onClose }: { onClose: () => void }) {
  const t = useT("decisions");
  const [inputs, setInputs] = useState<string[]>([]);
  return (
    <NewModel
      title={t("decisions:new.title")}
      kind="dmn"
      blank={(id, english, chinese) => blankDecision(id, english, chinese, inputs)}
      onClose={onClose}
    >
      <TagsInput
        label={t("decisions:new.inputs")}
        description={t("decisions:new.inputsText")}
        placeholder="customer.segment"
        value={inputs}
        onChange={(typed) => setInputs(typed.map((one) => one.trim()).filter(isPath))}
        splitChars={[",", " ", "，"]}
        acceptValueOnBlur
      />
    </NewModel>
  );
}
