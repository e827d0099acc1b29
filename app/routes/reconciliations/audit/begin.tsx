import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { MAX_UPLOAD_BYTES } from "~/features/pipeline/files/upload-limit";
import { type RouteHandle } from "~/route-handle";
import { loadBegin, takeFiles } from "~/routes/reconciliations/audit/begin.server";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { FileField } from "~/ui/text-field";

export const handle = { uploadBytes: 2 * MAX_UPLOAD_BYTES, narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Compare two files · ${data.firm}` : "Compare two files" },
];

export function loader(args: LoaderFunctionArgs) {
  return loadBegin(args);
}

export function action(args: ActionFunctionArgs) {
  return takeFiles(args);
}

const ACCEPT =
  ".csv,.tsv,.txt,.xlsx,.xlsm,text/csv,text/tab-separated-values,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

export default function Begin() {
  const { base, ...loaded } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { of, kept } = refused ?? loaded;
  const problems: Partial<Record<"orders" | "transactions", string | null>> = refused?.problems ?? {};
  const field = (name: "orders" | "transactions") => ({ name, errors: problems[name] ? [problems[name]] : undefined });
  const [orders, transactions] = [field("orders"), field("transactions")];
  return (
    <>
      <PageHead
        title="Compare two files"
        line="A quick audit without any set-up: what a shop sold beside what its analytics tracked."
        back={{ href: base, label: "Reconciliations" }}
      />
      <Form multipart action={of === null ? `${base}/audit` : `${base}/audit?of=${of}`} fields={[orders, transactions]}>
        <FileField
          field={orders}
          label="Orders of the shop"
          accept={ACCEPT}
          required={kept.orders === null}
          hint={hintOf(
            kept.orders,
            "Exports of Shopify and WooCommerce are recognised; of any other file you say which column is what.",
          )}
        />
        <FileField
          field={transactions}
          label="Purchases that its analytics tracked"
          accept={ACCEPT}
          required={kept.transactions === null}
          hint={hintOf(kept.transactions, "By transaction ID and day. Reports of Google Analytics 4 are recognised.")}
        />
        <p className="small quiet">
          CSV files or Excel workbooks of up to 50 MB each. Everything is deleted after a day, unless you save it as a
          reconciliation. The firm’s own orders are not touched.
        </p>
        <FormActions>
          <Button tone="primary">Compare them</Button>
          <ButtonLink href={base}>Cancel</ButtonLink>
        </FormActions>
      </Form>
    </>
  );
}

function hintOf(kept: string | null, hint: string): string {
  return kept === null ? hint : `“${kept}” is here already. Choose another only to replace it.`;
}
