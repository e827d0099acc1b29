import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ColumnTable } from "~/features/pipeline/columns/column-table";
import { loadColumns, saveColumns } from "~/routes/reconciliations/audit/columns.server";
import { Button, ButtonLink } from "~/ui/button";
import { Select } from "~/ui/choice-field";
import { FieldRow, Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Columns · ${data.fileName} · ${data.firm}` : "Columns" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadColumns(args);
}

export function action(args: ActionFunctionArgs) {
  return saveColumns(args);
}

const marks = [
  { value: ".", label: "A point: 1,234.50 is over a thousand" },
  { value: ",", label: "A comma: 1.234,50 is over a thousand" },
];

const NO_CURRENCY = "No column names a currency: choose the one that all amounts are in.";
const OPEN_MARK =
  "Amounts like 1,234 may be thousands or decimals, and are not guessed. Choose what stands before the decimals.";

/** What was chosen, where that was refused, else what is known. */
function useShown() {
  const { columns, currency, decimalMark, problems } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  if (!refused) return { columns, currency, decimalMark, wrong: [], errors: problems, lacks: null };
  return {
    columns: columns.map((column, index) => ({ ...column, field: refused.mapping[index] ?? column.field })),
    ...{ currency: refused.currency, decimalMark: refused.decimalMark, wrong: refused.wrong },
    ...{ errors: refused.reasons, lacks: refused.lacks },
  };
}

export default function Columns() {
  const { base, noun, fileName, layout, fields, currencies, isMarkOpen } = useLoaderData<typeof loader>();
  const { columns, currency, decimalMark, wrong, errors, lacks } = useShown();
  const fieldOf = (name: string, value: string, problem: string | null) => ({
    ...{ name, value },
    ...(problem === null ? {} : { errors: [problem] }),
  });
  const currencyField = fieldOf("currency", currency, lacks?.currency ? NO_CURRENCY : null);
  const markField = fieldOf("decimalMark", decimalMark ?? "", lacks?.decimalMark ? OPEN_MARK : null);
  return (
    <>
      <PageHead
        title={`${noun.title} in “${fileName}”`}
        line={
          layout === null
            ? "Say which column is what. Nothing is compared before."
            : `Recognised as an export of ${layout}. Change it where that is wrong.`
        }
        back={{ href: `${base}/files`, label: "Files" }}
      />
      <Form fields={[currencyField, markField]} errors={errors}>
        <FieldRow>
          <Select
            field={currencyField}
            label="Currency of amounts whose row names none"
            empty="Each row names its own"
            options={currencies}
          />
          <Select
            field={markField}
            label="What stands before the decimals"
            empty={isMarkOpen ? "Choose one" : "As each amount shows by itself"}
            options={marks}
          />
        </FieldRow>
        <ColumnTable columns={columns} fields={fields} newTypes={[]} wrong={wrong} />
        <FormActions>
          <Button tone="primary">Save and go on</Button>
          <ButtonLink href={`${base}/files`}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}
