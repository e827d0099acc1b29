import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { countedLetters, isAtWork } from "~/features/campaigns/letters/print-run";
import { findPrint } from "~/features/campaigns/letters/print-runs.server";
import { notFound, refreshAfter } from "~/http/answers.server";
import { requireLetters } from "~/routes/campaigns/letters/letter-campaign.server";
import { printRunFacts } from "~/routes/campaigns/letters/print-run-facts.server";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { Facts } from "~/ui/facts";
import { PageHead } from "~/ui/page-head";
import { Panel } from "~/ui/panel";
import { Progress } from "~/ui/progress";

const REFRESH_SECONDS = 2;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.title} · ${data.name} · ${data.accountName}` : "Letters" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { scope, campaign, here } = await requireLetters(args, "campaigns.read");
  const run = (await findPrint(scope, campaign.id, args.params.runId ?? "")) ?? notFound();
  const refreshes = new URL(args.request.url).searchParams.get("refresh") !== "off";
  if (isAtWork(run.state) && refreshes) refreshAfter(args.context, REFRESH_SECONDS);
  return { ...printRunFacts(scope, { campaign, run, letters: here }), refreshes };
}

export default function PrintRunPage() {
  const { letters, here, title, state, count, locale, fileHref, hasPage, leftOut, facts } =
    useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title={title}
        line={state === "waiting" || state === "running" ? "The file is being made." : lineOf(count, locale)}
        back={{ href: letters, label: "Letters" }}
        actions={
          <>
            {hasPage ? <ButtonLink href={`${here}/page`}>Print from the browser</ButtonLink> : null}
            {fileHref ? (
              <span data-no-prefetch>
                <ButtonLink tone="primary" href={fileHref}>
                  Download
                </ButtonLink>
              </span>
            ) : null}
          </>
        }
      />
      <Problem />
      <AtWork />
      {leftOut > 0 ? (
        <Banner tone="warn">
          {leftOut.toLocaleString(locale)} of the list {leftOut === 1 ? "was" : "were"} left out at the last check: what
          is known of them has changed since they came onto it.
        </Banner>
      ) : null}
      {state === "ready" && count === 0 ? (
        <Banner tone="warn">Nobody is in it: each is left out, printed already, or in another file that waits.</Banner>
      ) : null}
      <Question />
      <Panel title="About this file">
        <Facts facts={facts} />
      </Panel>
    </>
  );
}

function Problem() {
  const { problem, reference } = useLoaderData<typeof loader>();
  if (!problem) return null;
  return (
    <Banner tone="bad">
      {problem}
      {reference ? ` Reference: ${reference}.` : null}
    </Banner>
  );
}

function lineOf(count: number, locale: string): string {
  return `For ${count === 1 ? "1 recipient" : `${count.toLocaleString(locale)} recipients`}.`;
}

function AtWork() {
  const { state, here, count, total, refreshes, locale } = useLoaderData<typeof loader>();
  const isMade = state === "waiting" || state === "running";
  if (!isMade && state !== "marking") return null;
  return (
    <Panel title={isMade ? "The file is being made" : "They are being marked as printed"}>
      <Progress
        label={isMade ? "Letters made" : "Letters marked"}
        done={isMade ? count : 0}
        total={isMade ? Math.max(count, total) : undefined}
        noun="letters"
        locale={locale}
        refresh={{ on: refreshes, href: refreshes ? `${here}?refresh=off` : here }}
      />
    </Panel>
  );
}

function Question() {
  const { asks, mayDiscard, isDraft, fileHref } = useLoaderData<typeof loader>();
  if (!asks)
    return mayDiscard ? (
      <Panel title="Not needed after all?">
        <Answers />
      </Panel>
    ) : null;
  const line = fileHref
    ? "Print the file without fitting it to the page, then say so here. Until then they are in no other file."
    : "The file itself is no longer kept. Say what became of it, so that nobody gets two letters.";
  return (
    <Panel title="Are they printed?" line={isDraft ? `${line} The campaign begins with that.` : line}>
      <Answers />
    </Panel>
  );
}

function Answers() {
  const { here, asks, mayDiscard, count, locale, state } = useLoaderData<typeof loader>();
  return (
    <div className="actions">
      {asks ? (
        <PostButton tone="primary" action={`${here}/printed`}>
          {count === 1 ? "It is printed" : `They are printed: ${countedLetters(count, locale)}`}
        </PostButton>
      ) : null}
      {mayDiscard ? (
        <PostButton action={`${here}/discarding`}>{state === "ready" ? "Throw the file away" : "Stop"}</PostButton>
      ) : null}
    </div>
  );
}
