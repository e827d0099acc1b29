import { type LinkView } from "~/routes/connect/link-state.server";
import { AskedFor } from "~/routes/connectors/connection/asked-for";
import { OffTo } from "~/routes/connectors/connection/off-to";
import { Button } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PublicFrame } from "~/ui/public-frame";

const again = "Ask whoever sent it for a new one.";

const closedWords = {
  unknown: {
    title: "This link does not work",
    line: `It is not complete, or was changed on its way: capital and small letters count. ${again}`,
  },
  spent: {
    title: "This link was used already",
    line: `It works once, and it has been used, or a newer one has taken its place. If something is still to be done: ${again.toLowerCase()}`,
  },
  expired: { title: "This link is too old", line: `It holds for seven days. ${again}` },
} as const;

interface ConnectLinkPageProps {
  view: LinkView;
  answer?: { address: string | null; error: string | null };
}

export function ConnectLinkPage({ view: { closed, open }, answer }: ConnectLinkPageProps) {
  if (!open) return <PublicFrame firm={null} {...closedWords[closed ?? "unknown"]} />;
  const { firm, ...asked } = open;
  const { system } = asked;
  return (
    <PublicFrame
      firm={firm}
      title={`Connect ${system}`}
      line={`${firm} keeps its contacts in Tallybook and asks you to let it read them from ${system}. You need no account at Tallybook.`}
    >
      {answer?.address ? (
        <OffTo system={system} address={answer.address} />
      ) : (
        <Form errors={answer?.error ? [answer.error] : undefined}>
          <AskedFor {...asked} />
          <FormActions>
            <Button tone="primary">Go on to {system}</Button>
          </FormActions>
        </Form>
      )}
    </PublicFrame>
  );
}
