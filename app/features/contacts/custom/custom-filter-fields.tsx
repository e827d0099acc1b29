import { type CustomField } from "~/features/contacts/contact";
import { type FieldDefinition, fieldOf } from "~/features/contacts/custom/custom-field";
import { type CustomFilter, type CustomFilters, paramOf } from "~/features/contacts/custom/custom-filters";
import { FilterDate, FilterFold, FilterGroup, FilterNumber, FilterSelect, FilterText } from "~/ui/filter-bar";

/** What narrows a list by the account's own fields: a press away. */
export function CustomFilterFields({
  fields,
  filters,
}: {
  fields: readonly FieldDefinition[];
  filters: CustomFilters;
}) {
  if (fields.length === 0) return null;
  return (
    <FilterFold label="Your fields">
      {fields.map((definition) => (
        <FieldFilter key={definition.id} definition={definition} filter={filters[fieldOf(definition)] ?? {}} />
      ))}
    </FilterFold>
  );
}

interface FieldFilterProps {
  definition: FieldDefinition;
  filter: CustomFilter;
}

function FieldFilter({ definition, filter }: FieldFilterProps) {
  const { name } = definition;
  const field = fieldOf(definition);
  return (
    <FilterGroup label={name}>
      <Asked definition={definition} filter={filter} field={field} />
      <FilterSelect
        name={paramOf(field, "has")}
        label={`${name}: filled in or empty`}
        any="Filled in or empty"
        value={filter.has ?? ""}
        options={[
          { value: "yes", label: "Filled in" },
          { value: "no", label: "Empty" },
        ]}
      />
    </FilterGroup>
  );
}

function Asked({ definition, filter, field }: FieldFilterProps & { field: CustomField }) {
  const { name, type, choices } = definition;
  const { text = "", is = "" } = filter;
  if (type === "choice" || type === "yes-no") {
    const options = type === "choice" ? choices.map(({ text }) => ({ value: text, label: text })) : yesAndNo;
    const any = type === "choice" ? "Any" : "Yes or no";
    return <FilterSelect name={paramOf(field, "is")} label={name} any={any} value={is} options={options} />;
  }
  if (type === "number" || type === "date") return <Span type={type} filter={filter} field={field} />;
  const hint = "Or “all of it” in quotation marks";
  return <FilterText name={paramOf(field, "text")} label="Contains" hint={hint} value={text} />;
}

const yesAndNo = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
];

function Span({ type, filter, field }: { type: "number" | "date"; filter: CustomFilter; field: CustomField }) {
  const Input = type === "number" ? FilterNumber : FilterDate;
  return (
    <>
      <Input name={paramOf(field, "from")} label="From" value={filter.from ?? ""} />
      <Input name={paramOf(field, "to")} label="To" value={filter.to ?? ""} />
    </>
  );
}
