import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { can } from "~/features/accounts/rights";
import { countLetters } from "~/features/campaigns/letters/find-letters.server";
import { isLayout, letterLayouts, usualLayout } from "~/features/campaigns/letters/letter-layout";
import { readLetter } from "~/features/campaigns/letters/letter-text";
import { countedLetters, kindWords, stateWords } from "~/features/campaigns/letters/print-run";
import { listPrints } from "~/features/campaigns/letters/print-runs.server";
import { leftOutNames } from "~/features/campaigns/recipients/left-out";
import { customFields } from "~/features/contacts/custom/custom-fields.server";
import { inUse } from "~/features/contacts/custom/custom-field";
import { refuse } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { formatInstant } from "~/platform/time";
import { printAndShow, requireLetters } from "~/routes/campaigns/letters/letter-campaign.server";
import { Banner } from "~/ui/banner";
import { Button, ButtonLink } from "~/ui/button";
import { Select } from "~/ui/choice-field";
import { Facts } from "~/ui/facts";
import { Figures } from "~/ui/figures";
import { Form, FormActions } from "~/ui/form";
import { PageHead } from "~/ui/page-head";
import { Columns, Panel } from "~/ui/panel";
import { Table } from "~/ui/table";

const SHOWN_RUNS = 20;

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Letters · ${data.name} · ${data.accountName}` : "Letters" },
];

export async function loader(args: LoaderFunctionArgs) {
  const { scope, campaign, campaignHref, here } = await requireLetters(args, "campaigns.read");
  const { locale } = scope.place;
  const { leftOut, ...counts } = await countLetters(scope, campaign.id);
  const runs = await listPrints(scope, campaign.id, SHOWN_RUNS);
  const fields = inUse(await customFields(scope));
  return {
    ...{ here, campaignHref, counts, locale, name: campaign.name, accountName: scope.account.name },
    returnedHref: `/${scope.account.slug}/campaigns/returned`,
    mayWrite: can(scope, "campaigns.write"),
    isDraft: campaign.state === "draft",
    hasText: campaign.body.trim() !== "",
    problems: readLetter(campaign.body, fields).problems.map(({ line, sentence }) => `Line ${line}: ${sentence}`),
    hasAddress: scope.account.postalAddress !== "",
    layout: usualLayout(scope.account.phoneCountry),
    leftOut: leftOut.map(({ reason, count }) => ({ label: leftOutNames[reason], value: count.toLocaleString(locale) })),
    runs: runs.map(({ id, kind, state, letters, askedAt, askedBy }) => ({
      ...{ id, kind: kindWords[kind], state: stateWords[state], letters: letters.toLocaleString(locale) },
      asked: `${formatInstant(scope.place, askedAt)}, ${askedBy}`,
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const found = await requireLetters(args, "campaigns.write");
  const { scope, campaign } = found;
  const layout = onlyText(await readForm(args.request), "layout");
  const refusal = (message: string) => refuse({ layout, errors: [message] });
  if (!isLayout(layout)) return refusal("Choose the paper and the window from the list.");
  const { problems } = readLetter(campaign.body, inUse(await customFields(scope)));
  if (campaign.body.trim() === "") return refusal("There is no text yet. Write what the letter says first.");
  if (problems.length > 0) return refusal("There is something wrong with the text. Put it right first.");
  const { toPrint } = await countLetters(scope, campaign.id);
  if (toPrint === 0) return refusal("There is no letter to print: all are printed, or in a file that waits.");
  return printAndShow(args, found, { kind: "letters", who: "not-printed", options: { layout } });
}

export default function Letters() {
  const { here, campaignHref, name, counts, locale, mayWrite, leftOut, returnedHref } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="Letters"
        line={`${countedLetters(counts.toPrint, locale)} to print.`}
        back={{ href: campaignHref, label: name }}
        actions={
          <>
            <ButtonLink href={`${here}/preview`}>Preview</ButtonLink>
            {mayWrite ? <ButtonLink href={`${here}/labels`}>Address labels</ButtonLink> : null}
            {mayWrite ? <ButtonLink href={`${here}/merge-file`}>Mail-merge file</ButtonLink> : null}
            {mayWrite && counts.printed > 0 ? <ButtonLink href={returnedHref}>Returned letters</ButtonLink> : null}
          </>
        }
      />
      <Warnings />
      <Figures
        figures={[
          { value: counts.toPrint.toLocaleString(locale), label: "not printed yet" },
          { value: counts.inFile.toLocaleString(locale), label: "in a file that waits" },
          { value: counts.printed.toLocaleString(locale), label: "printed" },
          { value: counts.returned.toLocaleString(locale), label: "came back" },
        ]}
      />
      <Columns
        side={
          leftOut.length > 0 ? (
            <Panel title="Left out, and why" line="All of them are checked once more when the file is made.">
              <Facts facts={leftOut} />
              <p className="small mt-2">
                <a href={`${campaignHref}?show=left-out`}>Who they are</a>
              </p>
            </Panel>
          ) : null
        }
      >
        {mayWrite && counts.toPrint > 0 ? <PrintAll /> : null}
        <Runs />
      </Columns>
    </>
  );
}

function Warnings() {
  const { problems, hasText, hasAddress, campaignHref } = useLoaderData<typeof loader>();
  return (
    <>
      {hasText ? null : (
        <Banner tone="warn" undo={{ href: `${campaignHref}/edit`, label: "Write it" }}>
          There is no text yet.
        </Banner>
      )}
      {problems.length > 0 ? (
        <Banner tone="bad" undo={{ href: `${campaignHref}/edit`, label: "Edit the text" }}>
          {problems.join(" ")}
        </Banner>
      ) : null}
      {hasAddress ? null : (
        <Banner tone="warn">
          Your firm&rsquo;s postal address is not known, so it does not stand on the letters. An administrator can enter
          it in the settings.
        </Banner>
      )}
    </>
  );
}

function PrintAll() {
  const { counts, locale, layout, isDraft } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <Panel
      title="Print all that are not printed yet"
      line={
        isDraft
          ? "A PDF is made of them. The campaign begins when you say that they are printed, not before."
          : "A PDF is made of them. They count as printed when you say so, not before."
      }
    >
      <Form errors={refused?.errors}>
        <Select
          field={{ name: "layout", initialValue: refused?.layout ?? layout }}
          label="Paper and window"
          options={Object.entries(letterLayouts).map(([value, { name }]) => ({ value, label: name }))}
        />
        <FormActions>
          <Button tone="primary">Make the PDF of {countedLetters(counts.toPrint, locale)}</Button>
        </FormActions>
      </Form>
    </Panel>
  );
}

function Runs() {
  const { here, runs } = useLoaderData<typeof loader>();
  if (runs.length === 0) return <p className="quiet">Files you make will be here, each with what became of it.</p>;
  return (
    <Table
      caption="Files of this campaign"
      rows={runs}
      rowKey={({ id }) => id}
      href={({ id }) => `${here}/${id}`}
      under={({ asked }) => asked}
      columns={[
        { key: "kind", label: "File", cell: ({ kind }) => kind },
        { key: "state", label: "State", cell: ({ state }) => state },
        { key: "letters", label: "Recipients", numeric: true, cell: ({ letters }) => letters },
      ]}
    />
  );
}
