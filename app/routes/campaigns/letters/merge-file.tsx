import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { refuse } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { type RouteHandle } from "~/route-handle";
import { printAndShow, requireLetters } from "~/routes/campaigns/letters/letter-campaign.server";
import { whoOptions } from "~/routes/campaigns/letters/who-options";
import { Button, ButtonLink } from "~/ui/button";
import { RadioGroup } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Mail-merge file · ${data.name} · ${data.accountName}` : "Mail-merge file" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { scope, campaign, here } = await requireLetters(args, "campaigns.write");
  return { here, name: campaign.name, accountName: scope.account.name };
}

export async function action(args: ActionFunctionArgs) {
  const found = await requireLetters(args, "campaigns.write");
  const form = await readForm(args.request);
  const typed = { kind: onlyText(form, "kind"), who: onlyText(form, "who") };
  const { kind, who } = typed;
  if (kind !== "merge-csv" && kind !== "merge-xlsx") {
    return refuse({ typed, errors: { kind: ["Choose what kind of file it should be."] } });
  }
  if (who !== "all" && who !== "not-printed") return refuse({ typed, errors: { who: ["Choose for whom."] } });
  return printAndShow(args, found, { kind, who, options: {} });
}

export default function MergeFile() {
  const { here, name } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const errors: Record<string, string[]> = refused?.errors ?? {};
  const field = (name: "kind" | "who", usual: string) => ({
    name,
    initialValue: refused?.typed[name] ?? usual,
    errors: errors[name],
  });
  const [kind, who] = [field("kind", "merge-xlsx"), field("who", "not-printed")];
  return (
    <>
      <PageHead
        title="Mail-merge file"
        line="For a printing house, or for letters you write in another program: name, salutation, address, code and link."
        back={{ href: here, label: `Letters of ${name}` }}
      />
      <Form fields={[kind, who]}>
        <RadioGroup
          field={kind}
          label="Kind of file"
          options={[
            { value: "merge-xlsx", label: "Excel workbook" },
            { value: "merge-csv", label: "CSV", hint: "Marked so that Excel reads its accents rightly." },
          ]}
        />
        <RadioGroup field={who} label="For whom" options={whoOptions} />
        <FormActions>
          <Button tone="primary">Make the file</Button>
          <ButtonLink href={here}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
