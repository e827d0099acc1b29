import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { logoHref } from "~/features/accounts/logo-address";
import { lettersOnPage, MOST_ON_A_PAGE } from "~/features/campaigns/letters/find-letters.server";
import { LetterPage } from "~/features/campaigns/letters/letter-page";
import { countedLetters, layoutOf } from "~/features/campaigns/letters/print-run";
import { findPrint } from "~/features/campaigns/letters/print-runs.server";
import { qrPicture } from "~/features/campaigns/letters/qr-picture.server";
import { notFound } from "~/http/answers.server";
import { requireLetters } from "~/routes/campaigns/letters/letter-campaign.server";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Letters to print · ${data.name} · ${data.accountName}` : "Letters to print" },
];

/** With their links and codes, by which one answers: for who may print them. */
export async function loader(args: LoaderFunctionArgs) {
  const { scope, campaign, here } = await requireLetters(args, "campaigns.write");
  const run = (await findPrint(scope, campaign.id, args.params.runId ?? "")) ?? notFound();
  if (run.kind !== "letters" || run.letters > MOST_ON_A_PAGE) return notFound();
  const origin = args.context.env.appOrigin;
  const { letters, frame } = await lettersOnPage(scope, campaign, { runId: run.id, origin, madeAt: run.askedAt });
  return {
    ...{ here: `${here}/${run.id}`, frame, name: campaign.name, accountName: scope.account.name },
    layout: layoutOf(run.options, scope.account.phoneCountry),
    logo: logoHref(scope.account),
    line: `${countedLetters(letters.length, scope.place.locale)}. Print from your browser at 100 %, without margins.`,
    letters: await Promise.all(letters.map(async (letter) => ({ letter, qr: await qrPicture(letter.link) }))),
  };
}

export default function LettersPage() {
  const { here, line, letters, frame, layout, logo } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="no-print">
        <PageHead title="Letters to print" line={line} back={{ href: here, label: "The file" }} />
      </div>
      <LetterPage {...{ letters, frame, layout, logo }} />
    </>
  );
}
