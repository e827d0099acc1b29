/** What stands before sending a campaign's email: what keeps it from going out, and what one should know. Pure. */
import { type WholeCampaign } from "~/features/campaigns/campaign";
import { type CampaignLetter } from "~/features/campaigns/mailing/campaign-letter.server";
import { type SenderCheck } from "~/features/campaigns/mailing/sender-checks.server";
import { type BlankPerson, type ListSurvey } from "~/features/campaigns/mailing/survey-list.server";
import { mergeFields, type MergeFieldKey } from "~/features/campaigns/text/merge-fields";

/** `stops`: it cannot be sent. `mind`: it can. */
export interface Check {
  key: string;
  state: "fine" | "mind" | "stops";
  title: string;
  sentence: string;
  /** Below the campaign's page. */
  link?: { path: string; label: string };
}

export interface Checked {
  campaign: WholeCampaign;
  letter: CampaignLetter;
  survey: ListSurvey;
  blankPeople: readonly BlankPerson[];
  /** Null: there is no mail server. */
  sender: readonly SenderCheck[] | null;
  locale: string;
}

/** In the order of the page: what stops first. */
export function checkList(checked: Checked): Check[] {
  const checks = [
    ...serverChecks(checked),
    listCheck(checked),
    ...textChecks(checked),
    sinceCheck(checked),
    ...blankChecks(checked),
    answerCheck(checked),
    unsubscribeCheck(checked),
    addressCheck(checked),
    ...senderChecks(checked),
  ];
  const order = { stops: 0, mind: 1, fine: 2 };
  return checks.sort((one, other) => order[one.state] - order[other.state]);
}

export function maySend(checks: readonly Check[]): boolean {
  return !checks.some(({ state }) => state === "stops");
}

/** Somebody has been written to, so that an empty rest is the end and not a hindrance. */
export function isSent({ state, reached, failed }: Pick<WholeCampaign, "state" | "reached" | "failed">): boolean {
  return state !== "draft" && reached + failed > 0;
}

function serverChecks({ sender }: Checked): Check[] {
  if (sender) return [];
  const sentence = "No mail server is set, so no mail goes out. Whoever runs Tallybook sets SMTP_URL and MAIL_FROM.";
  return [{ key: "server", state: "stops", title: "Mail server", sentence }];
}

function listCheck({ survey, campaign, locale }: Checked): Check {
  const title = "Recipients";
  const link = { path: "/recipients/new", label: "Add recipients" };
  if (survey.waiting === 0) {
    if (isSent(campaign)) {
      return { key: "list", state: "fine", title, sentence: "All on its list have been written to.", link };
    }
    const sentence =
      campaign.listed === 0 ? "Nobody is on its list yet." : "Nobody on its list is still to be written to.";
    return { key: "list", state: "stops", title, sentence, link };
  }
  const left = campaign.leftOut > 0 ? `; ${campaign.leftOut.toLocaleString(locale)} left out` : "";
  const sentence = `${people(survey.waiting, locale)} to be written to${left}.`;
  return {
    key: "list",
    state: "fine",
    title,
    sentence,
    link: { path: "?show=left-out", label: "Who is left out, and why" },
  };
}

const edit = { path: "/edit", label: "Edit the text" };

function textChecks({ letter: { template }, campaign }: Checked): Check[] {
  const title = "Text";
  const problems = [
    ...template.problems.subject.map(({ sentence }) => `In the subject: ${sentence}`),
    ...template.problems.body.map(({ line, sentence }) => `Line ${line}: ${sentence}`),
  ];
  if (!campaign.subject) problems.unshift("It has no subject.");
  if (campaign.body === "") problems.unshift("It has no text.");
  if (problems.length === 0) {
    return [
      {
        key: "text",
        state: "fine",
        title,
        sentence: "Every field in it is known.",
        link: { path: "/preview", label: "See it" },
      },
    ];
  }
  return problems.map((sentence, place) => ({ key: `text-${place}`, state: "stops", title, sentence, link: edit }));
}

function sinceCheck({ survey: { since }, locale }: Checked): Check {
  const title = "Changed since they came onto the list";
  const told = [
    [since.optedOut, "not to be written to"],
    [since.suppressed, "on the suppression list"],
    [since.noAddress, "without an email"],
    [since.gone, "archived or died"],
  ] as const;
  const some = told.filter(([count]) => count > 0).map(([count, words]) => `${count.toLocaleString(locale)} ${words}`);
  if (some.length === 0) return { key: "since", state: "fine", title, sentence: "Nothing speaks against anybody." };
  return { key: "since", state: "mind", title, sentence: `They will be left out: ${some.join(", ")}.` };
}

function blankChecks({ survey, letter, blankPeople, locale }: Checked): Check[] {
  const title = "Blank fields";
  if (survey.waiting === 0) return [];
  if (survey.blank.length === 0)
    return [{ key: "blank", state: "fine", title, sentence: "Nothing is blank for anybody." }];
  const names = new Map(
    mergeFields(letter.facts.fields, { withLinks: true }).fields.map(({ key, name }) => [key, name]),
  );
  return survey.blank.map(({ field, count }) => ({
    key: `blank-${field}`,
    state: "mind",
    title,
    sentence: `{{${names.get(field) ?? field}}} is blank for ${people(count, locale)}${whom(blankPeople, field, count)}. Give it words for then: {{${names.get(field) ?? field} | ${otherWords[field] ?? "…"}}}.`,
    link: { path: "/preview?who=emptiest", label: "See the emptiest" },
  }));
}

const otherWords: Partial<Record<MergeFieldKey, string>> = {
  ...{ firstName: "friend", lastName: "friend", fullName: "friend", salutation: "Dear friend" },
  ...{ company: "your firm", city: "your town" },
};

const SHOWN = 3;

function whom(blank: readonly BlankPerson[], field: MergeFieldKey, count: number): string {
  const some = blank.filter(({ fields }) => fields.includes(field)).slice(0, SHOWN);
  if (some.length === 0) return "";
  return ` (${some.map(({ name }) => name).join(", ")}${count > some.length ? " …" : ""})`;
}

/** A mail that only tells something needs no answer, but one that was meant to have one goes out only once. */
function answerCheck({ letter: { template, frame } }: Checked): Check {
  const about = { key: "answer", title: "How they answer" };
  if (template.has.hasResponseLink) return { ...about, state: "fine", sentence: "By the link in your text." };
  if (frame.words.responded ?? frame.words.converted) {
    return { ...about, state: "fine", sentence: "By the campaign’s own words, as links below your text." };
  }
  const sentence =
    "Nobody can answer by this mail. Say what “responded” or “converted” is in this campaign’s words, or put {{response link}} into the text.";
  return { ...about, state: "mind", sentence, link: edit };
}

function unsubscribeCheck({ letter }: Checked): Check {
  const sentence = letter.template.has.hasUnsubscribeLink
    ? "Your text has its link, and mail programs offer it by one press."
    : "Its link is put below your text, and mail programs offer it by one press.";
  return { key: "unsubscribe", state: "fine", title: "Unsubscribe", sentence };
}

function addressCheck({ letter }: Checked): Check {
  const title = "Your postal address";
  if (letter.frame.postalAddress.length > 0) {
    return { key: "address", state: "fine", title, sentence: "It stands below the text." };
  }
  const sentence =
    "None is set. In many countries a mail to many people has to say where its sender is. An administrator sets it under Settings, Your firm.";
  return { key: "address", state: "mind", title, sentence };
}

const names = { spf: "SPF", dkim: "DKIM", dmarc: "DMARC" };

function senderChecks({ sender }: Checked): Check[] {
  return (sender ?? []).map(({ check, state, sentence }) => ({
    key: check,
    state: state === "fine" ? "fine" : "mind",
    title: names[check],
    sentence,
  }));
}

function people(count: number, locale: string): string {
  return count === 1 ? "1 recipient" : `${count.toLocaleString(locale)} recipients`;
}
