import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { findCampaign } from "~/features/campaigns/campaigns.server";
import { MOST_MAILS, splitMails } from "~/features/campaigns/mailing/split-mails";
import { takeReports } from "~/features/campaigns/mailing/take-reports.server";
import { undoLink } from "~/features/changes/undo-window";
import { oneLine } from "~/features/contacts/values/typed-text";
import { notFound, refuse } from "~/http/answers.server";
import { readFiles } from "~/http/read-files.server";
import { requireScope } from "~/http/scope.server";
import { type RouteHandle } from "~/route-handle";
import { BouncesForm } from "~/routes/campaigns/bounces-form";
import { TakenBounces } from "~/routes/campaigns/taken-bounces";
import { PageHead } from "~/ui/page-head";

const MOST_BYTES = 10_000_000;

export const handle = { uploadBytes: MOST_BYTES, narrow: true } satisfies RouteHandle;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Bounces · ${data.campaign} · ${data.accountName}` : "Bounces" },
];

export async function loader(args: LoaderFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  const campaign = (await findCampaign(scope, args.params.campaignId ?? "")) ?? notFound();
  const { slug, name: accountName } = scope.account;
  return { accountName, campaign: campaign.name, href: `/${slug}/campaigns/${campaign.id}` };
}

/** What was read is said at once, and kept nowhere: sent once more, it changes nothing. */
export async function action(args: ActionFunctionArgs) {
  const scope = await requireScope(args, "campaigns.write");
  if (!(await findCampaign(scope, args.params.campaignId ?? ""))) return notFound();
  const { files, text } = await readFiles(args.request);
  const mails = [
    ...files.flatMap(({ name, bytes }) => splitMails(oneLine(name).slice(0, 200), bytes)),
    ...splitMails("What was pasted", Buffer.from(text, "utf8")),
  ];
  const wrong = (error: string) => refuse({ reports: null, error, text: text.slice(0, 100_000) });
  if (mails.length === 0) return wrong("Choose the mails as files, or paste one.");
  if (mails.length > MOST_MAILS)
    return wrong(`These are ${mails.length} mails. At most ${MOST_MAILS} are read in one go.`);
  const { changeSetId, ...reports } = await takeReports(scope, mails);
  return data({
    reports: { ...reports, undo: undoLink(scope.account.slug, changeSetId) ?? null },
    error: null,
    text: "",
  });
}

export default function Bounces() {
  const { href, campaign } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title="Bounces"
        line="Mails that came back say why. An address that is bad is then not written to again."
        back={{ href, label: campaign }}
      />
      {answer?.reports ? <TakenBounces {...answer.reports} /> : null}
      <BouncesForm error={answer?.error ?? null} text={answer?.text ?? ""} />
    </>
  );
}
