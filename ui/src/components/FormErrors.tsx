import { Alert, Anchor, List } from "@mantine/core";
import type { FieldProblem } from "@/api/problem";
import { fieldAt } from "@/components/formFields";
import { useT } from "@/i18n";
import type { FormProps } from "@/islands/form";

interface Props {
  schema: FormProps["schema"];
  errors: readonly FieldProblem[];
  /** Goes to the field that a pointer leads to. */
  onFocus: (pointer: string) => void;
}

/** All that is wrong with a form, each by the name of its field, which it leads to. */
export function FormErrors({ schema, errors, onFocus }: Props) {
  const t = useT();
  return (
    <Alert color="red" role="alert" title={t("common:problems.invalid-input.title")} mb="sm">
      <List size="sm">
        {errors.map(({ pointer, code, detail }) => {
          const field = fieldAt(schema, pointer);
          if (!field) return <List.Item key={pointer + code}>{detail}</List.Item>;
          const { label, rows } = field;
          const name =
            rows.length > 0 ? t("common:fieldInRow", { label, row: rows.join(".") }) : label;
          return (
            <List.Item key={pointer + code}>
              <Anchor
                component="button"
                type="button"
                size="sm"
                fw={600}
                c="inherit"
                underline="always"
                onClick={() => onFocus(pointer)}
              >
                {name}
              </Anchor>
              {" · "}
              {detail}
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
}
