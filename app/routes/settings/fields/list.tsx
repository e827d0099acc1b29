import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { inUse, MOST_FIELDS, typeNames } from "~/features/contacts/custom/custom-field";
import { type ListedField, listFields } from "~/features/contacts/custom/custom-fields.server";
import { requireScope } from "~/http/scope.server";
import { formatDate } from "~/platform/time";
import { SettingsPage } from "~/routes/settings/settings-page";
import { ButtonLink, PostButton } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { Table } from "~/ui/table";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Fields · Settings · ${data.accountName}` : "Fields" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  return {
    accountName: scope.account.name,
    slug: scope.account.slug,
    base: `/${scope.account.slug}/settings/fields`,
    place: scope.place,
    fields: await listFields(scope),
  };
}

export default function Fields() {
  const { slug, base, fields } = useLoaderData<typeof loader>();
  const shown = inUse(fields) as ListedField[];
  const retired = fields.filter(({ retiredAt }) => retiredAt !== null);
  return (
    <SettingsPage
      slug={slug}
      part="/fields"
      title="Fields"
      line="What your firm keeps of its contacts beside what is built in."
      actions={
        fields.length > 0 && fields.length < MOST_FIELDS ? (
          <ButtonLink tone="primary" href={`${base}/new`}>
            New field
          </ButtonLink>
        ) : undefined
      }
    >
      {fields.length === 0 ? (
        <Empty
          actions={
            <ButtonLink tone="primary" href={`${base}/new`}>
              New field
            </ButtonLink>
          }
        >
          A field of your own, like a membership number or a renewal date, stands on every contact’s form and page, in
          lists, imports and exports.
        </Empty>
      ) : null}
      {shown.length > 0 ? <FieldTable caption="Fields in use" fields={shown} /> : null}
      {retired.length > 0 ? (
        <section className="mt-8">
          <h2>Retired</h2>
          <p className="quiet mb-3">Shown nowhere. What contacts say of them is kept, and comes back with the field.</p>
          <FieldTable caption="Retired fields" fields={retired} />
        </section>
      ) : null}
    </SettingsPage>
  );
}

function FieldTable({ caption, fields }: { caption: string; fields: ListedField[] }) {
  const { base, place } = useLoaderData<typeof loader>();
  return (
    <Table
      caption={caption}
      rows={fields}
      rowKey={({ id }) => id}
      href={({ id }) => `${base}/${id}`}
      under={({ retiredAt, hint }) => (retiredAt ? `retired ${formatDate(place, retiredAt)}` : hint)}
      columns={[
        { key: "name", label: "Name", cell: ({ name }) => name },
        { key: "type", label: "Type", cell: typeWords },
        { key: "required", label: "Required", cell: ({ isRequired }) => (isRequired ? "yes" : "") },
        { key: "used", label: "Contacts", numeric: true, cell: ({ used }) => used.toLocaleString(place.locale) },
        {
          key: "verbs",
          label: "Change",
          cell: (field) => (
            <Verbs
              field={field}
              isFirst={field === fields[0]}
              isLast={field === fields.at(-1)}
              path={`${base}/${field.id}`}
            />
          ),
        },
      ]}
    />
  );
}

function typeWords({ type, choices }: ListedField): string {
  const offered = choices.filter(({ retired }) => !retired);
  return type === "choice" ? `${typeNames.choice} of ${offered.length}` : typeNames[type];
}

function Verbs({
  field,
  isFirst,
  isLast,
  path,
}: {
  field: ListedField;
  isFirst: boolean;
  isLast: boolean;
  path: string;
}) {
  const which = <span className="sr-only"> {field.name}</span>;
  return (
    <span className="inline-flex flex-wrap gap-x-3">
      {field.retiredAt || isFirst ? null : (
        <PostButton small tone="bare" action={`${path}/place`} fields={{ direction: "up" }}>
          Up{which}
        </PostButton>
      )}
      {field.retiredAt || isLast ? null : (
        <PostButton small tone="bare" action={`${path}/place`} fields={{ direction: "down" }}>
          Down{which}
        </PostButton>
      )}
      <PostButton small tone="bare" action={`${path}/${field.retiredAt ? "return" : "retirement"}`}>
        {field.retiredAt ? "Use again" : "Retire"}
        {which}
      </PostButton>
    </span>
  );
}
