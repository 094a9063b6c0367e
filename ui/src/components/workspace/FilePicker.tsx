import { type ReactNode, useState } from "react";
import { type FileKind, kindOf } from "./kinds";
import { type Unfit, WrongFile } from "./WrongFile";

interface Props {
  label: string;
  kind: FileKind;
  onPicked: (name: string, content: string) => void;
  /** What is pressed to choose a file. */
  children: (choose: () => void) => ReactNode;
}

/** Lets people choose a file of one kind; another kind is refused in words and changes nothing. */
export function FilePicker({ label, kind, onPicked, children }: Props) {
  const [picker, setPicker] = useState<HTMLInputElement | null>(null);
  const [unfit, setUnfit] = useState<Unfit | null>(null);
  const pick = async (file: File | undefined) => {
    if (!file) return;
    const content = await file.text();
    const found = kindOf(content);
    setUnfit(found === kind ? null : { name: file.name, found });
    if (found === kind) onPicked(file.name, content);
  };
  return (
    <>
      {children(() => picker?.click())}
      <input
        ref={setPicker}
        type="file"
        hidden
        accept={`.${kind}`}
        aria-label={label}
        onChange={(event) => {
          void pick(event.currentTarget.files?.[0]);
          event.currentTarget.value = "";
        }}
      />
      {unfit && <WrongFile file={unfit} wanted={kind} onClose={() => setUnfit(null)} />}
    </>
  );
}
