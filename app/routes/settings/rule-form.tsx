import { type SubmissionResult, useForm } from "@conform-to/react";
import { type OwnRuleKind } from "~/features/pipeline/own-rules/own-rule";
import { OwnRuleFields } from "~/features/pipeline/own-rules/own-rule-fields";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";

interface Typed {
  field: string;
  pattern: string;
  domains: string;
  values: string;
  of: string;
  from: string;
  to: string;
}

interface RuleFormProps {
  kind: OwnRuleKind;
  about: { id: string; label: string }[];
  patterns: { id: string; label: string }[];
  /** The list of the rules. */
  page: string;
  typed: Partial<Typed>;
  answer: unknown;
  button: string;
}

/** A rule of the account's own, new or as it is. */
export function RuleForm({ kind, about, patterns, page, typed, answer, button }: RuleFormProps) {
  const [form, fields] = useForm<Typed>({
    id: "import-rule",
    defaultValue: typed,
    lastResult: answer as SubmissionResult<string[]> | undefined,
  });
  return (
    <Form
      id={form.id}
      fields={[fields.field, fields.pattern, fields.domains, fields.values, fields.from, fields.to]}
      errors={form.errors}
    >
      <OwnRuleFields kind={kind} fields={fields} about={about} patterns={patterns} />
      <FormActions>
        <Button tone="primary">{button}</Button>
        <ButtonLink href={page}>Cancel</ButtonLink>
      </FormActions>
    </Form>
  );
}
