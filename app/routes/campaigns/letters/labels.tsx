import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { usualSheet } from "~/features/campaigns/letters/print-run";
import { type LabelId, labelFormats } from "~/features/contacts/print/post-formats";
import { refuse } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { type RouteHandle } from "~/route-handle";
import { printAndShow, requireLetters } from "~/routes/campaigns/letters/letter-campaign.server";
import { whoOptions } from "~/routes/campaigns/letters/who-options";
import { Button, ButtonLink } from "~/ui/button";
import { RadioGroup, Select } from "~/ui/choice-field";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { TextField } from "~/ui/text-field";

export const handle = { narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Address labels · ${data.name} · ${data.accountName}` : "Address labels" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { scope, campaign, here } = await requireLetters(args, "campaigns.write");
  const { name: accountName, phoneCountry } = scope.account;
  return { here, accountName, name: campaign.name, sheet: usualSheet(phoneCountry) };
}

export async function action(args: ActionFunctionArgs) {
  const found = await requireLetters(args, "campaigns.write");
  const form = await readForm(args.request);
  const typed = { sheet: onlyText(form, "sheet"), start: onlyText(form, "start"), who: onlyText(form, "who") };
  const refusal = (field: keyof typeof typed, message: string) => refuse({ typed, errors: { [field]: [message] } });
  if (!isSheet(typed.sheet)) return refusal("sheet", "Choose a sheet from the list.");
  const { rows, columns } = labelFormats[typed.sheet];
  const start = /^\d{1,3}$/.test(typed.start.trim()) ? Number(typed.start) : 0;
  if (start < 1 || start > rows * columns) {
    return refusal("start", `This sheet has ${rows * columns} labels: enter a number from 1 to ${rows * columns}.`);
  }
  if (typed.who !== "all" && typed.who !== "not-printed") return refusal("who", "Choose for whom.");
  return printAndShow(args, found, { kind: "labels", who: typed.who, options: { sheet: typed.sheet, start } });
}

function isSheet(text: string): text is LabelId {
  return Object.hasOwn(labelFormats, text);
}

export default function Labels() {
  const { here, name, sheet } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const errors: Record<string, string[]> = refused?.errors ?? {};
  const field = (name: "sheet" | "start" | "who", usual: string) => ({
    name,
    initialValue: refused?.typed[name] ?? usual,
    errors: errors[name],
  });
  const [on, start, who] = [field("sheet", sheet), field("start", "1"), field("who", "all")];
  return (
    <>
      <PageHead
        title="Address labels"
        line="As a PDF. Print it without fitting to the page: at 100 % it comes out to the millimetre."
        back={{ href: here, label: `Letters of ${name}` }}
      />
      <Form fields={[on, start, who]}>
        <Select
          field={on}
          label="Sheet"
          options={Object.entries(labelFormats).map(([value, format]) => ({ value, label: format.name }))}
        />
        <TextField
          field={start}
          label="First free label"
          hint="1 is the one at the top left; they are counted along the rows."
          look="short"
          inputMode="numeric"
          maxLength={3}
        />
        <RadioGroup field={who} label="For whom" options={whoOptions} />
        <FormActions>
          <Button tone="primary">Make the labels</Button>
          <ButtonLink href={here}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
