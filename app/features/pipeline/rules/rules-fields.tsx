import { fieldRuleOptions, type Read, saidOf } from "~/features/pipeline/rules/rules";
import { ruleName } from "~/features/pipeline/rules/rules-form";
import { type RuleField, type WritingRules } from "~/features/pipeline/subject-rules";
import { type Option, RadioGroup } from "~/ui/choice-field";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

interface RulesFieldsProps {
  rules: WritingRules;
  writings: Option[];
  matchings: Option[];
  /** Why the chosen way to match is none. */
  problem?: string;
  fields: RuleField[];
  /** "contacts" */
  noun: string;
  /** What is read. */
  of?: Read;
}

export function RulesFields({ rules, writings, matchings, problem, fields, noun, of = "row" }: RulesFieldsProps) {
  return (
    <>
      <RadioGroup field={{ name: "what", value: rules.what }} label="What is written" options={writings} />
      <RadioGroup
        field={{ name: "match", value: rules.match, errors: problem ? [problem] : undefined }}
        label={saidOf(of, `How rows are matched with ${noun} that are there`)}
        hint={saidOf(of, `A row that was ${of === "row" ? "imported" : "read"} before is always known again.`)}
        options={matchings}
      />
      {fields.length > 0 ? (
        <Panel
          title="Field by field"
          line={`For ${noun} that are there already. New ones get all that the ${of === "row" ? "file" : "source"} says.`}
        >
          <Table
            bare
            caption="What is written of each field"
            rows={fields}
            rowKey={(field) => field.id}
            columns={[
              { key: "field", label: "Field", cell: (field) => field.label },
              {
                key: "rule",
                label: "Is written",
                fit: "keep",
                cell: (field) => <FieldRule field={field} chosen={rules.fields[field.id] ?? "overwrite"} />,
              },
            ]}
          />
        </Panel>
      ) : null}
    </>
  );
}

function FieldRule({ field, chosen }: { field: RuleField; chosen: string }) {
  return (
    <select
      name={ruleName(field.id)}
      className="control"
      aria-label={`How ${field.label} is written`}
      defaultValue={chosen}
    >
      {fieldRuleOptions(field).map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
