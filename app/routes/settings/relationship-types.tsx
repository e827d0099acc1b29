import { type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { typeRefusal } from "~/features/contacts/relationships/relationship-type-refusal";
import {
  type RelationshipTypeFields,
  relationshipTypeForm,
} from "~/features/contacts/relationships/relationship-type-form";
import { addType, type ListedType, listOwnTypes } from "~/features/contacts/relationships/relationship-types.server";
import { relationshipTypes } from "~/features/contacts/relationships/relationships";
import { refuse } from "~/http/answers.server";
import { flash } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope } from "~/http/scope.server";
import { formatDate } from "~/platform/time";
import { type RouteHandle } from "~/route-handle";
import { SettingsPage } from "~/routes/settings/settings-page";
import { Button, PostButton } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { Panel } from "~/ui/panel";
import { Table } from "~/ui/table";
import { TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Relationships · Settings · ${data.accountName}` : "Relationships" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  return {
    accountName: scope.account.name,
    slug: scope.account.slug,
    settings: `/${scope.account.slug}/settings`,
    place: scope.place,
    types: await listOwnTypes(scope),
  };
}

export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "settings.manage");
  const submission = parseWithZod(await readForm(args.request), { schema: relationshipTypeForm });
  if (submission.status !== "success") return refuse(submission.reply());
  const result = await addType(scope, submission.value);
  if (!result.ok) return refuse(submission.reply({ fieldErrors: { reads: [typeRefusal(result)] } }));
  return redirectTo(args, `/${scope.account.slug}/settings/relationship-types`, flash("Added."));
}

export default function RelationshipTypes() {
  const { slug, types } = useLoaderData<typeof loader>();
  const [form, fields] = useForm<RelationshipTypeFields>({
    id: "relationship-type",
    lastResult: useActionData<typeof action>() as SubmissionResult<string[]> | undefined,
  });
  return (
    <SettingsPage
      slug={slug}
      part="/relationship-types"
      title="Relationships"
      line="How contacts can stand to one another in your firm, beside what is built in."
    >
      <Panel title="Your own">
        {types.length > 0 ? <OwnTypes types={types} /> : <p className="quiet">None yet. Add one below.</p>}
      </Panel>
      <div className="mt-6">
        <Panel
          title="Add one"
          line="Both ways it is read, as in “Ann is guarantor for Ben” and “Ben has as guarantor Ann”."
        >
          <Form id={form.id} fields={[fields.reads, fields.readsBack]} errors={form.errors}>
            <TextField field={fields.reads} label="The first" hint="Like “is guarantor for”." maxLength={60} />
            <TextField field={fields.readsBack} label="The second" hint="Like “has as guarantor”." maxLength={60} />
            <FormActions>
              <Button tone="primary">Add</Button>
            </FormActions>
          </Form>
        </Panel>
      </div>
      <div className="mt-6">
        <Panel title="Built in">
          <Table
            caption="Types of relationship that are built in"
            columns={[
              { key: "reads", label: "The first", cell: (type) => type.reads },
              { key: "back", label: "The second", cell: (type) => type.readsBack },
            ]}
            rows={Object.values(relationshipTypes)}
            rowKey={(type) => type.reads}
            bare
          />
        </Panel>
      </div>
    </SettingsPage>
  );
}

function OwnTypes({ types }: { types: ListedType[] }) {
  const { settings, place } = useLoaderData<typeof loader>();
  const path = (type: ListedType) => `${settings}/relationship-types/${type.id}`;
  return (
    <Table
      caption="Your own types of relationship"
      columns={[
        { key: "reads", label: "The first", cell: (type) => type.reads },
        { key: "back", label: "The second", cell: (type) => type.readsBack },
        {
          key: "used",
          label: "Used",
          numeric: true,
          cell: (type) => type.used.toLocaleString(place.locale),
        },
        { key: "verbs", label: "Change", cell: (type) => <Verbs type={type} path={path(type)} /> },
      ]}
      rows={types}
      rowKey={(type) => type.id}
      href={path}
      under={(type) => (type.retiredAt ? `no longer used since ${formatDate(place, type.retiredAt)}` : null)}
      bare
    />
  );
}

/** What is used is retired, what is not can go. */
function Verbs({ type, path }: { type: ListedType; path: string }) {
  const which = <span className="sr-only"> “{type.reads}”</span>;
  return (
    <span className="inline-flex flex-wrap gap-x-3">
      {type.retiredAt ? (
        <PostButton small tone="bare" action={`${path}/return`}>
          Use again{which}
        </PostButton>
      ) : (
        <PostButton small tone="bare" action={`${path}/retirement`}>
          Retire{which}
        </PostButton>
      )}
      {type.used === 0 ? (
        <PostButton small tone="bare" action={`${path}/removal`}>
          Remove{which}
        </PostButton>
      ) : null}
    </span>
  );
}
