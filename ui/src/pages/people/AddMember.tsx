import { Select } from "@mantine/core";
import { useState } from "react";
import { usePeople } from "@/api/directory";
import { useT } from "@/i18n";

interface Props {
  /** Who is in it already. */
  members: readonly string[];
  onChosen: (username: string) => void;
}

/** Finds somebody by name or user name, with the keys or the mouse. */
export function AddMember({ members, onChosen }: Props) {
  const t = useT("people");
  const [typed, setTyped] = useState("");
  const others = usePeople().filter(({ username }) => !members.includes(username));
  return (
    <Select
      label={t("people:groups.addMember")}
      placeholder={t("people:find")}
      nothingFoundMessage={t("people:none")}
      data={others.map(({ username, name }) => ({
        value: username,
        label: `${name} (${username})`,
      }))}
      value={null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(username) => {
        if (username) onChosen(username);
        setTyped("");
      }}
      searchable
      selectFirstOptionOnChange
    />
  );
}
