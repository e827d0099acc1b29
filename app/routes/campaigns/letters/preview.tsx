import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { logoHref } from "~/features/accounts/logo-address";
import { findLetter } from "~/features/campaigns/letters/find-letters.server";
import { isLayout, letterLayouts, usualLayout } from "~/features/campaigns/letters/letter-layout";
import { LetterPage } from "~/features/campaigns/letters/letter-page";
import { qrPicture } from "~/features/campaigns/letters/qr-picture.server";
import { mergeFields } from "~/features/campaigns/text/merge-fields";
import { requireLetters } from "~/routes/campaigns/letters/letter-campaign.server";
import { chosenOf, previewQuery } from "~/routes/campaigns/letters/preview-query";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink, PostButton } from "~/ui/button";
import { Select } from "~/ui/choice-field";
import { Empty } from "~/ui/empty";
import { PageHead } from "~/ui/page-head";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Preview · ${data.name} · ${data.accountName}` : "Preview" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { scope, campaign, campaignHref, here } = await requireLetters(args, "campaigns.read");
  const params = new URL(args.request.url).searchParams;
  const chosen = chosenOf(params);
  const asked = params.get("layout") ?? "";
  const layout = isLayout(asked) ? asked : usualLayout(scope.account.phoneCountry);
  const { letter, frame, problems } = await findLetter(scope, campaign, { chosen, origin: args.context.env.appOrigin });
  const names = new Map(
    mergeFields(frame.campaign.fields, { withLinks: false }).fields.map(({ key, name }) => [key, name]),
  );
  return {
    ...{ here, campaignHref, layout, chosen, frame, letter },
    ...{ name: campaign.name, accountName: scope.account.name, logo: logoHref(scope.account) },
    mayWrite: can(scope, "campaigns.write") && letter !== null,
    qr: letter && (await qrPicture(letter.link)),
    blank: letter ? letter.blank.flatMap((key) => names.get(key) ?? []) : [],
    problems: problems.map(({ line, sentence }) => `Line ${line}: ${sentence}`),
    query: previewQuery({ chosen, layout }),
  };
}

export default function Preview() {
  const { here, name, letter, qr, frame, layout, logo, query, mayWrite, campaignHref } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="no-print">
        <PageHead
          title="Preview"
          line={letter ? `As ${letter.name} will get it.` : undefined}
          back={{ href: here, label: `Letters of ${name}` }}
          actions={
            letter ? (
              <>
                {mayWrite ? (
                  <PostButton action={`${campaignHref}/recipients/${letter.contactId}/letter`}>
                    Print this letter
                  </PostButton>
                ) : null}
                <ButtonLink href={`${here}/preview.pdf${query}`}>PDF</ButtonLink>
              </>
            ) : undefined
          }
        />
        <Choice />
        <Gaps />
      </div>
      {letter && qr ? (
        <LetterPage letters={[{ letter, qr }]} {...{ frame, layout, logo }} />
      ) : (
        <Empty>There is nobody of that list to whom a letter could be written.</Empty>
      )}
    </>
  );
}

function Choice() {
  const { here, chosen, layout } = useLoaderData<typeof loader>();
  return (
    <form className="paper-choice" action={`${here}/preview`}>
      <Select
        field={{ name: "recipient", value: typeof chosen === "object" ? chosen.contactId : chosen }}
        label="As whom"
        options={[
          { value: "first", label: "The first of the list" },
          { value: "emptiest", label: "The one of whom least is known" },
          ...(typeof chosen === "object" ? [{ value: chosen.contactId, label: "The one who is shown" }] : []),
        ]}
      />
      <Select
        field={{ name: "layout", value: layout }}
        label="Paper and window"
        options={Object.entries(letterLayouts).map(([value, each]) => ({ value, label: each.name }))}
      />
      <Button>Show</Button>
    </form>
  );
}

function Gaps() {
  const { problems, blank, letter, campaignHref } = useLoaderData<typeof loader>();
  return (
    <>
      {problems.length > 0 ? (
        <Banner tone="bad" undo={{ href: `${campaignHref}/edit`, label: "Edit the text" }}>
          {problems.join(" ")}
        </Banner>
      ) : null}
      {blank.length > 0 ? (
        <Banner tone="warn">
          Nothing is known for {blank.join(", ")}, so there is a gap. Write other words for it, like {"{{"}
          {blank[0]} | …{"}}"}.
        </Banner>
      ) : null}
      {letter ? <p className="quiet">Here the code is nobody’s: a letter carries its own when it is printed.</p> : null}
    </>
  );
}
