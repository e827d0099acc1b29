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
  switch (type) {
    case "choice":
      return (
        <FilterSelect
          name={paramOf(field, "is")}
          label={name}
          any="Any"
          value={filter.is ?? ""}
          options={choices.map(({ text }) => ({ value: text, label: text }))}
        />
      );
    case "yes-no":
      return (
        <FilterSelect
          name={paramOf(field, "is")}
          label={name}
          any="Yes or no"
          value={filter.is ?? ""}
          options={[
            { value: "yes", label: "Yes" },
            { value: "no", label: "No" },
          ]}
        />
      );
    case "number":
      return (
        <>
          <FilterNumber name={paramOf(field, "from")} label="From" value={filter.from ?? ""} />
          <FilterNumber name={paramOf(field, "to")} label="To" value={filter.to ?? ""} />
        </>
      );
    case "date":
      return (
        <>
          <FilterDate name={paramOf(field, "from")} label="From" value={filter.from ?? ""} />
          <FilterDate name={paramOf(field, "to")} label="To" value={filter.to ?? ""} />
        </>
      );
    default:
      return (
        <FilterText
          name={paramOf(field, "text")}
          label="Contains"
          hint="Or “all of it” in quotation marks"
          value={filter.text ?? ""}
        />
      );
  }
}
