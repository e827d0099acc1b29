/** What the page of a run of printing shows. */
import { can } from "~/features/accounts/rights";
import { type WholeCampaign } from "~/features/campaigns/campaign";
import { MOST_ON_A_PAGE } from "~/features/campaigns/letters/find-letters.server";
import { letterLayouts } from "~/features/campaigns/letters/letter-layout";
import { claims, kindWords, type PrintRun, stateWords } from "~/features/campaigns/letters/print-run";
import { downloadQuery } from "~/features/contacts/export/download-link.server";
import { labelFormats } from "~/features/contacts/print/post-formats";
import { type Scope } from "~/platform/scope.server";
import { formatInstant } from "~/platform/time";

interface Shown {
  campaign: WholeCampaign;
  run: PrintRun;
  /** The page of the campaign's letters. */
  letters: string;
}

export function printRunFacts(scope: Scope, { campaign, run, letters }: Shown) {
  const { state, fileId } = run;
  const here = `${letters}/${run.id}`;
  const mayWrite = can(scope, "campaigns.write");
  return {
    ...{ letters, here, state, locale: scope.place.locale },
    ...{ name: campaign.name, accountName: scope.account.name, title: kindWords[run.kind] },
    ...{ count: run.letters, leftOut: run.leftOut, problem: run.problem, reference: run.problemReference },
    total: campaign.listed - campaign.leftOut,
    fileHref: fileId !== null && mayWrite ? `${here}/file${downloadQuery(scope, fileId)}` : null,
    hasPage: mayWrite && isShort(run) && state !== "discarded",
    asks: mayWrite && state === "ready" && claims(run) && run.letters > 0,
    mayDiscard: mayWrite && ["ready", "waiting", "running"].includes(state),
    isDraft: campaign.state === "draft",
    facts: factsOf(scope, run),
  };
}

function isShort({ kind, letters }: PrintRun): boolean {
  return kind === "letters" && letters > 0 && letters <= MOST_ON_A_PAGE;
}

function factsOf({ place }: Scope, run: PrintRun) {
  const { kind, state, options, askedAt, askedBy, endedAt, endedBy } = run;
  const sheet = kind === "labels" && options.sheet ? labelFormats[options.sheet].name : null;
  const facts = [
    { label: "State", value: stateWords[state] },
    { label: "Asked for", value: `${formatInstant(place, askedAt)} by ${askedBy}` },
    { label: "Paper", value: sheet ?? (options.layout ? letterLayouts[options.layout].name : null) },
    { label: "First label", value: options.start ? String(options.start) : null },
    {
      label: state === "discarded" ? "Thrown away" : "Said to be printed",
      value: endedAt && `${formatInstant(place, endedAt)}${endedBy ? ` by ${endedBy}` : ""}`,
    },
  ];
  return facts.flatMap(({ label, value }) => (value ? [{ label, value }] : []));
}
