import { type LoaderFunctionArgs } from "@remix-run/node";
import { findLetter } from "~/features/campaigns/letters/find-letters.server";
import { isLayout, letterLayouts, usualLayout } from "~/features/campaigns/letters/letter-layout";
import { lettersPdf } from "~/features/campaigns/letters/letter-pdf.server";
import { logoBytes } from "~/features/campaigns/letters/print-file.server";
import { notFound } from "~/http/answers.server";
import { fileAnswer } from "~/http/download.server";
import { requireLetters } from "~/routes/campaigns/letters/letter-campaign.server";
import { chosenOf } from "~/routes/campaigns/letters/preview-query";

/** One recipient's letter as a PDF, to look at. */
export async function loader(args: LoaderFunctionArgs) {
  const { scope, campaign } = await requireLetters(args, "campaigns.read");
  const params = new URL(args.request.url).searchParams;
  const asked = params.get("layout") ?? "";
  const layout = letterLayouts[isLayout(asked) ? asked : usualLayout(scope.account.phoneCountry)];
  const { letter, frame } = await findLetter(scope, campaign, {
    chosen: chosenOf(params),
    origin: args.context.env.appOrigin,
  });
  if (!letter) return notFound();
  async function* one() {
    yield await Promise.resolve([letter ?? notFound()]);
  }
  const about = { title: campaign.name, layout, frame, logo: await logoBytes(scope), madeAt: scope.clock.now() };
  const name = `${campaign.name}, ${letter.name}.pdf`;
  return fileAnswer(lettersPdf(about, one()), { name, mediaType: "application/pdf", inline: true });
}
