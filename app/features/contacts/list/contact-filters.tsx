import { contactKinds, kindNames } from "~/features/contacts/contact";
import { type ContactListView, type BuiltInSort, contactSorts } from "~/features/contacts/list/contact-list";
import { type FieldDefinition, fieldOf } from "~/features/contacts/custom/custom-field";
import { CustomFilterFields } from "~/features/contacts/custom/custom-filter-fields";
import { chipsOf, clearedQuery, markNames } from "~/features/contacts/list/list-chips";
import { columnsParam } from "~/features/contacts/list/list-columns";
import { type DateFilter, hasFilters, lastDays, markFilters } from "~/features/contacts/list/list-filters";
import { FilterBar, FilterDate, FilterFold, FilterGroup, FilterSelect, FilterText } from "~/ui/filter-bar";

interface ContactFiltersProps {
  view: ContactListView;
  /** `/acme/contacts` */
  base: string;
  tags: { id: string; name: string }[];
  /** Null: the reader sees their own contacts only. */
  members: { id: string; name: string }[] | null;
  /** To suggest: those on the page. */
  cities: string[];
  /** The account's own that are in use. */
  fields: readonly FieldDefinition[];
  locale: string;
}

export const sortNames: Record<BuiltInSort, string> = {
  name: "Sorted by name",
  company: "Sorted by company",
  email: "Sorted by email",
  city: "Sorted by city",
  created: "Newest first",
  changed: "Last changed first",
};

/** Everything that narrows and sorts the list. The usual ones stand in line; the others are a press away. */
export function ContactFilters({ view, base, tags, members, cities, fields, locale }: ContactFiltersProps) {
  const { kind, tagId, owner } = view;
  return (
    <FilterBar
      action={base}
      foldLabel="Filters"
      hidden={keptBeside(view)}
      chips={chipsOf(view, base, { tags, members: members ?? [], fields, locale })}
      clearHref={view.query || hasFilters(view) ? base + clearedQuery(view) : undefined}
    >
      <FilterSelect
        name="kind"
        label="Kind"
        any="Any kind"
        value={kind ?? ""}
        options={contactKinds.map((each) => ({ value: each, label: kindNames[each] }))}
      />
      <FilterSelect
        name="tag"
        label="Tag"
        any="Any tag"
        value={tagId ?? ""}
        options={tags.map((tag) => ({ value: tag.id, label: tag.name }))}
      />
      {members ? (
        <FilterSelect
          name="owner"
          label="Looked after by"
          any="Looked after by anybody"
          value={owner ?? ""}
          options={ownerOptions(members)}
        />
      ) : null}
      <FilterSelect
        name="sort"
        label="Sort"
        any={sortNames.name}
        value={view.sort === "name" ? "" : view.sort}
        options={[
          ...contactSorts.filter((sort) => sort !== "name").map((sort) => ({ value: sort, label: sortNames[sort] })),
          ...fields.map((field) => ({ value: fieldOf(field), label: `Sorted by ${field.name}` })),
        ]}
      />
      <MoreFilters view={view} cities={cities} />
      <CustomFilterFields fields={fields} filters={view.own} />
    </FilterBar>
  );
}

/** What the form has no control for. */
function keptBeside({ query, columns, saved }: ContactListView): Record<string, string> {
  const chosen = columnsParam(columns);
  return { ...(query ? { q: query } : {}), ...(chosen ? { columns: chosen } : {}), ...(saved ? { view: saved } : {}) };
}

function ownerOptions(members: { id: string; name: string }[]) {
  return [
    { value: "me", label: "Mine" },
    { value: "nobody", label: "Nobody’s" },
    ...members.map(({ id, name }) => ({ value: id, label: name })),
  ];
}

function MoreFilters({ view, cities }: Pick<ContactFiltersProps, "view" | "cities">) {
  return (
    <FilterFold label="More filters">
      <FilterText
        name="city"
        label="City"
        hint="How it begins, or “all of it” in quotation marks"
        value={view.city}
        suggestions={cities}
      />
      <FilterSelect
        name="marks"
        label="Do not contact"
        any="With or without"
        value={view.marks ?? ""}
        options={markFilters.map((mark) => ({ value: mark, label: markNames[mark] }))}
        shown
      />
      <Dates name="created" label="Created" dates={view.created} />
      <Dates name="changed" label="Last change" dates={view.changed} />
      <FilterSelect
        name="archived"
        label="Archived or not"
        any="Not archived"
        value={view.archived ? "yes" : ""}
        options={[{ value: "yes", label: "Archived" }]}
        shown
      />
    </FilterFold>
  );
}

function Dates({ name, label, dates }: { name: string; label: string; dates: DateFilter | null }) {
  return (
    <FilterGroup label={label}>
      <FilterSelect
        name={name}
        label={`${label}: in the last days`}
        any="Any time"
        value={dates?.last ? String(dates.last) : ""}
        options={lastDays.map((days) => ({ value: String(days), label: `Last ${days} days` }))}
      />
      <FilterDate name={`${name}-from`} label="From" value={dates?.from ?? ""} />
      <FilterDate name={`${name}-to`} label="To" value={dates?.to ?? ""} />
    </FilterGroup>
  );
}
