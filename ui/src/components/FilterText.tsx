import { TextInput, type TextInputProps } from "@mantine/core";
import { useEffect, useState } from "react";

const PAUSE_MS = 350;

interface Props extends Omit<TextInputProps, "value" | "onChange"> {
  value: string | undefined;
  /** Called when somebody has stopped typing; never while Chinese is being composed. */
  onSettled: (value: string | undefined) => void;
}

/** A field to filter by, that asks the server only when somebody has stopped typing. */
export function FilterText({ value = "", onSettled, ...props }: Props) {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  const [isComposing, setComposing] = useState(false);
  if (value !== seen) {
    setSeen(value);
    if (value !== typed.trim()) setTyped(value);
  }
  useEffect(() => {
    const wanted = typed.trim();
    if (isComposing || wanted === value) return;
    const timer = setTimeout(() => onSettled(wanted || undefined), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, isComposing, onSettled]);
  return (
    <TextInput
      size="xs"
      {...props}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  );
}
