import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { TextField } from "~/ui/text-field";

interface ReasonFormProps {
  typed: string;
  problem: string | null;
  most: number;
  cancelHref: string;
}

/** Why something is set aside. */
export function ReasonForm({ typed, problem, most, cancelHref }: ReasonFormProps) {
  const field = { name: "reason", initialValue: typed, errors: problem === null ? undefined : [problem] };
  return (
    <Form fields={[field]}>
      <TextField
        field={field}
        label="Reason"
        hint="One line: whoever looks at it later reads it."
        maxLength={most}
        autoComplete="off"
      />
      <FormActions>
        <Button tone="primary">Set aside</Button>
        <ButtonLink href={cancelHref}>Cancel</ButtonLink>
      </FormActions>
    </Form>
  );
}
