import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { unsubscribe } from "~/features/campaigns/answers/answer-campaign.server";
import { readForm } from "~/http/form.server";
import { unlisted } from "~/http/public-scope.server";
import { answerFacts, deadAnswer } from "~/routes/answers/answer-facts.server";
import { Unsubscribed } from "~/routes/answers/answered";
import { DeadAnswer } from "~/routes/answers/dead-answer";
import { openAnswer } from "~/routes/answers/open-answer.server";
import { TrialBanner } from "~/routes/answers/trial-banner";
import { Button, ButtonLink } from "~/ui/button";
import { Form, FormActions } from "~/ui/form";
import { PublicFrame } from "~/ui/public-frame";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.firm ? `Unsubscribe · ${data.firm}` : "This link does not work" },
  { name: "robots", content: "noindex, nofollow" },
];

/** Only looks. It works when the campaign is long put away: whoever has the mail may still want no more. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  unlisted(context);
  const opened = await openAnswer(context, params.token);
  if (!opened) return deadAnswer();
  return answerFacts(opened, new URLSearchParams("thanks=unsubscribe"));
}

/**
 * From our page, or from a mail program by itself: RFC 8058's one click, a POST of `List-Unsubscribe=One-Click` with
 * neither origin nor cookie. That gets its 200 at once, as nobody there follows a redirect.
 */
export async function action({ request, context, params }: ActionFunctionArgs) {
  unlisted(context);
  const form = await readForm(request);
  const opened = await openAnswer(context, params.token);
  if (!opened) return deadAnswer();
  const done = await unsubscribe(opened.scope, opened.answering);
  if (!done.ok && done.reason === "not-found") return deadAnswer();
  if (form.get("List-Unsubscribe") === "One-Click") return data({ page: "unsubscribed" as const });
  return redirect(`${opened.here}/unsubscribe`, 303);
}

export default function Unsubscribe() {
  const facts = useLoaderData<typeof loader>();
  if (facts.page === "dead") return <DeadAnswer />;
  if (facts.page === "unsubscribed") return <Unsubscribed {...facts} />;
  const { firm, logo, here, isClosed, isTrial, ask } = facts;
  return (
    <PublicFrame firm={firm} logo={logo} title="Unsubscribe" line={ask}>
      {isTrial ? <TrialBanner /> : null}
      <Form>
        <FormActions>
          <Button tone="primary">Unsubscribe</Button>
          {isClosed ? null : <ButtonLink href={here}>Answer instead</ButtonLink>}
        </FormActions>
      </Form>
    </PublicFrame>
  );
}
