import { type OwnRuleKind } from "~/features/pipeline/own-rules/own-rule";
import { RadioGroup, Select } from "~/ui/choice-field";
import { type FieldMeta } from "~/ui/field";
import { FieldRow } from "~/ui/form";
import { TextArea, TextField } from "~/ui/text-field";

/** What the kinds of rule are called, and the fields of their forms. */

export const kindWords: Record<OwnRuleKind, { title: string; link: string; line: string }> = {
  required: {
    title: "Must be filled in",
    link: "Must be filled in",
    line: "A row that says nothing for it is refused.",
  },
  pattern: {
    title: "Follows a pattern",
    link: "Follows a pattern",
    line: "A row that says something else is refused. Where it says nothing, nothing is asked.",
  },
  list: {
    title: "Is one of a list",
    link: "Is one of a list",
    line: "A row that says something else is refused. Where it says nothing, nothing is asked.",
  },
  range: {
    title: "Is within a range",
    link: "Is within a range",
    line: "Of numbers, of dates, or of how many characters it has. Where a row says nothing, nothing is asked.",
  },
};

export type RuleFields = Record<"field" | "pattern" | "domains" | "values" | "of" | "from" | "to", FieldMeta>;

interface OwnRuleFieldsProps {
  kind: OwnRuleKind;
  fields: RuleFields;
  about: { id: string; label: string }[];
  patterns: { id: string; label: string }[];
}

export function OwnRuleFields({ kind, fields, about, patterns }: OwnRuleFieldsProps) {
  return (
    <>
      <Select
        field={fields.field}
        label="What it is about"
        empty="Choose"
        options={about.map(({ id, label }) => ({ value: id, label }))}
      />
      {kind === "pattern" ? <PatternFields fields={fields} patterns={patterns} /> : null}
      {kind === "list" ? (
        <TextArea
          field={fields.values}
          label="Values that are allowed"
          hint="One on each line. Capital letters make no difference."
          rows={8}
        />
      ) : null}
      {kind === "range" ? <RangeFields fields={fields} /> : null}
    </>
  );
}

function PatternFields({ fields, patterns }: Pick<OwnRuleFieldsProps, "fields" | "patterns">) {
  return (
    <>
      <Select
        field={fields.pattern}
        label="Pattern"
        empty="Choose"
        options={patterns.map(({ id, label }) => ({ value: id, label }))}
      />
      <TextField
        field={fields.domains}
        label="Domain"
        optional
        hint="Only for email addresses of a domain, like “okafor.example”. Several with commas between them."
        spellCheck={false}
      />
    </>
  );
}

function RangeFields({ fields }: Pick<OwnRuleFieldsProps, "fields">) {
  return (
    <>
      <RadioGroup
        field={fields.of}
        label="What is measured"
        options={[
          { value: "value", label: "The date or the number" },
          { value: "length", label: "How many characters it has" },
        ]}
      />
      <FieldRow>
        <TextField field={fields.from} label="From" optional hint="Dates like 2026-05-03." look="short" />
        <TextField field={fields.to} label="Up to" optional hint="This one is still good." look="short" />
      </FieldRow>
    </>
  );
}
