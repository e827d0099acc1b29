import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { additionWords, sourceWords } from "~/features/campaigns/recipients/source-words";
import { leftOutNames } from "~/features/campaigns/recipients/left-out";
import { RecipientsList } from "~/features/campaigns/recipients/recipients-list";
import { TreeText } from "~/features/campaigns/text/tree-text";
import { SendingPanel } from "~/features/campaigns/mailing/sending-panel";
import { refreshAfter } from "~/http/answers.server";
import { requireScope } from "~/http/scope.server";
import { campaignFacts } from "~/routes/campaigns/campaign-facts.server";
import { HeadVerbs, SeldomVerbs } from "~/routes/campaigns/campaign-verbs";
import { Banner } from "~/ui/banner";
import { ButtonLink, PostButton } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { Facts } from "~/ui/facts";
import { Figures } from "~/ui/figures";
import { PageHead } from "~/ui/page-head";
import { Columns, Panel } from "~/ui/panel";
import { Progress } from "~/ui/progress";
import { Trail } from "~/ui/trail";

const REFRESH_SECONDS = 2;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.name} · Campaigns · ${data.accountName}` : "Campaign" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.read");
  const { searchParams } = new URL(args.request.url);
  const facts = await campaignFacts(scope, args.params.campaignId ?? "", searchParams);
  const refreshes = searchParams.get("refresh") !== "off";
  if ((facts.collecting || facts.undoing || facts.sending?.isAtWork) && refreshes)
    refreshAfter(args.context, REFRESH_SECONDS);
  return { accountName: scope.account.name, refreshes, ...facts };
}

export default function CampaignPage() {
  const facts = useLoaderData<typeof loader>();
  const { base, here, name, line, may, isDraft, isArchived, figures, collecting, hasVerbs } = facts;
  return (
    <>
      <PageHead
        title={name}
        line={line}
        back={{ href: base, label: "Campaigns" }}
        actions={hasVerbs ? <HeadVerbs campaign={facts} /> : undefined}
      />
      {isArchived ? <Banner tone="warn">Archived: it stands in no list any more.</Banner> : null}
      <AtWork />
      {figures.length > 0 ? (
        <>
          <Figures figures={figures} />
          <p className="small mb-4">
            <a href={`${here}/figures`}>All figures of this campaign</a>
          </p>
        </>
      ) : null}
      {figures.length === 0 && !collecting ? (
        <Empty
          actions={
            may.write && isDraft ? (
              <ButtonLink tone="primary" href={`${here}/recipients/new`}>
                Choose recipients
              </ButtonLink>
            ) : undefined
          }
        >
          Nobody is on its list yet. Take a view, an import, who answered another campaign, or single contacts.
        </Empty>
      ) : (
        <Columns side={<Side />}>
          <RecipientsList {...facts} takesOff={may.write && isDraft} />
        </Columns>
      )}
      <About />
    </>
  );
}

/** What goes on in the background. */
function AtWork() {
  const { here, may, collecting, undoing, sending, refreshes, locale } = useLoaderData<typeof loader>();
  const refresh = { on: refreshes, href: refreshes ? `${here}?refresh=off` : here };
  return (
    <>
      {collecting ? (
        <Panel title="Contacts are being put on the list">
          <Progress
            label="Contacts put on the list"
            done={collecting.found}
            noun="contacts"
            locale={locale}
            refresh={refresh}
          />
        </Panel>
      ) : null}
      {undoing ? (
        <Panel title="Contacts are being taken off the list">
          <Progress
            label="Contacts taken off the list"
            done={undoing.takenOff ?? 0}
            total={undoing.added}
            noun="contacts"
            locale={locale}
            refresh={refresh}
          />
        </Panel>
      ) : null}
      <SendingPanel sending={sending} here={here} mayWrite={may.write} refreshes={refreshes} locale={locale} />
    </>
  );
}

function Side() {
  const { here, leftOut, additions, locale, may, isDraft } = useLoaderData<typeof loader>();
  return (
    <>
      {leftOut.length > 0 ? (
        <Panel title="Left out, and why">
          <Facts
            facts={leftOut.map(({ reason, count }) => ({
              label: leftOutNames[reason],
              value: count.toLocaleString(locale),
            }))}
          />
        </Panel>
      ) : null}
      {additions.length > 0 ? (
        <Panel title="How they came onto the list">
          <Trail
            entries={additions.map(({ id, at, by, ...addition }) => ({
              key: id,
              at,
              text: (
                <>
                  {sourceWords(addition.source)}: {additionWords(addition, locale)}
                  {by ? `, ${by}` : ""}
                  {addition.problem ? <span className="bad"> {addition.problem}</span> : null}
                  {may.write && isDraft && addition.state === "done" && addition.added > 0 ? (
                    <PostButton small tone="bare" action={`${here}/additions/${id}/undo`}>
                      Take these off
                    </PostButton>
                  ) : null}
                </>
              ),
            }))}
          />
        </Panel>
      ) : null}
    </>
  );
}

function About() {
  const facts = useLoaderData<typeof loader>();
  const { description, about, text, may } = facts;
  const what = description ? [{ label: "For", value: <span className="whitespace-pre-wrap">{description}</span> }] : [];
  return (
    <Panel title="About this campaign" actions={may.write ? <SeldomVerbs campaign={facts} /> : undefined}>
      <Facts facts={[...what, ...about]} />
      {text.length > 0 ? (
        <div className="mt-4">
          <TreeText parts={text} />
        </div>
      ) : null}
    </Panel>
  );
}
