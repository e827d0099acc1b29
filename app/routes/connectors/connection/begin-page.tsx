import { stepsOf } from "~/features/connectors/set-up-steps";
import { AskedFor } from "~/routes/connectors/connection/asked-for";
import { type BeginView } from "~/routes/connectors/connection/begin.server";
import { OffTo } from "~/routes/connectors/connection/off-to";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Steps } from "~/ui/steps";

interface BeginPageProps {
  view: BeginView;
  answer?: { address: string | null; error: string | null };
}

export function BeginPage({ view, answer }: BeginPageProps) {
  const { name, page, connector, isSettingUp, ...asked } = view;
  const { system } = asked;
  return (
    <>
      <PageHead title={`Connect ${system}`} back={{ href: page, label: name }} />
      {isSettingUp ? <Steps {...stepsOf(connector, "connection")} /> : null}
      <Panel>
        {answer?.address ? (
          <OffTo system={system} address={answer.address} />
        ) : (
          <Form errors={answer?.error ? [answer.error] : undefined}>
            <AskedFor {...asked} />
            <FormActions>
              <Button tone="primary">Go on to {system}</Button>
              <ButtonLink href={page}>Cancel</ButtonLink>
            </FormActions>
          </Form>
        )}
      </Panel>
    </>
  );
}
