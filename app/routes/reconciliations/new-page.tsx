import { stepsOf } from "~/features/reconciliation/set-up/steps";
import { type SentSources, type SourceFields as Fields } from "~/routes/reconciliations/chosen-sources.server";
import { type NewView } from "~/routes/reconciliations/new.server";
import { SourceFields } from "~/routes/reconciliations/source-fields";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Steps } from "~/ui/steps";

interface NewPageProps {
  view: NewView;
  refused: { sent: SentSources; fields: Fields; problems: string[] } | null;
}

/** The first step: what it is called, and what it compares. */
export function NewPage({ view, refused }: NewPageProps) {
  const { base, offered } = view;
  const isReady = offered.orders.length > 0 && offered.analytics.length > 0;
  return (
    <>
      <PageHead
        title="Set up a reconciliation"
        line="Which orders are compared with what was tracked of them."
        back={{ href: base, label: "Reconciliations" }}
      />
      <Steps {...stepsOf(base, "sources")} />
      {isReady ? <NewForm view={view} refused={refused} /> : <Missing view={view} />}
    </>
  );
}

function NewForm({ view: { base, offered, ...proposed }, refused }: NewPageProps) {
  const fields = refused?.fields ?? {
    name: { name: "name", value: proposed.name },
    orders: { name: "orders" },
    analytics: { name: "analytics", value: proposed.analytics },
  };
  return (
    <Form fields={Object.values(fields)} errors={refused?.problems}>
      <SourceFields offered={offered} fields={fields} orders={refused?.sent.orders ?? proposed.orders} />
      <FormActions>
        <Button tone="primary">Save and go on</Button>
        <ButtonLink href={base}>Cancel</ButtonLink>
      </FormActions>
    </Form>
  );
}

/** One of the two sides is not there yet. */
function Missing({ view: { account, offered, may } }: { view: NewView }) {
  const lacks = [
    ...(offered.orders.length === 0 ? ["orders: connect Shopify or WooCommerce, or import a file of orders"] : []),
    ...(offered.analytics.length === 0
      ? ["tracked purchases: connect Google Analytics 4, or import a file of transactions"]
      : []),
  ];
  return (
    <Panel title="Something has to come in first">
      <p>There are no {lacks.join("; and no ")}.</p>
      {may.connect ? null : <p className="quiet">Administrators connect systems.</p>}
      <div className="form-actions">
        {may.connect ? (
          <ButtonLink tone="primary" href={`${account}/connectors/catalogue`}>
            Connect a system
          </ButtonLink>
        ) : null}
        {may.import ? <ButtonLink href={`${account}/contacts/import`}>Import a file</ButtonLink> : null}
      </div>
    </Panel>
  );
}
