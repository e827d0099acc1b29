/** Who gets the report: shown and changed. Each button of the page says by `intent` what it is for. */
import { data } from "@remix-run/node";
import { isHowOften, oftenOptions, oftenWords } from "~/features/reconciliation/report/often-words";
import { mailReportNow } from "~/features/reconciliation/report/mail-report.server";
import {
  addRecipient,
  listRecipients,
  MOST_RECIPIENTS,
  removeRecipient,
} from "~/features/reconciliation/report/recipients.server";
import {
  linkDays,
  listReportLinks,
  LONGEST_LINK_DAYS,
  makeReportLink,
  type ReportLink,
  revokeReportLink,
} from "~/features/reconciliation/report/report-links.server";
import { daysText } from "~/features/reconciliation/results/days-text";
import { oneLine } from "~/features/contacts/values/typed-text";
import { badRequest, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { canMail } from "~/platform/mail/write-mail.server";
import { isMailAddress } from "~/platform/mail/mail-server.server";
import { type Scope } from "~/platform/scope.server";
import { addDays, formatInstant, formatShortDate, isDate, later } from "~/platform/time";
import { type DoneResult, headFacts, requireDone } from "~/routes/reconciliations/results/result.server";

export async function loadRecipients(args: RouteArgs) {
  const done = await requireDone(args, "reconciliations.write");
  const { scope, result, ofRun, here } = done;
  const recipients = await listRecipients(scope, result.reconciliationId);
  const links = await listReportLinks(scope, result.reconciliationId);
  const { first } = linkDays(scope);
  return {
    ...headFacts(done),
    ...{ base: `${here}/report`, action: `${here}/report/recipients${ofRun}`, mails: canMail(args.context) },
    recipients: recipients.map((one) => ({ ...one, often: oftenWords[one.often] })),
    links: links.map((link) => linkView(scope, link)),
    ...{ options: oftenOptions, proposedDay: addDays(first, 30), longest: LONGEST_LINK_DAYS },
  };
}

function linkView(scope: Scope, { id, label, isMailed, madeAt, endsAt, revokedAt, ...days }: ReportLink) {
  const { place, clock } = scope;
  const works = revokedAt === null && endsAt > clock.now();
  const ends = formatShortDate(place, later(endsAt, -1));
  return {
    ...{ id, label, works, how: isMailed ? "mailed" : "made by hand", days: daysText(place, days) },
    made: formatInstant(place, madeAt),
    state: revokedAt
      ? `taken back ${formatInstant(place, revokedAt)}`
      : works
        ? `works until ${ends}`
        : `ended ${ends}`,
  };
}

export interface RecipientsAnswer {
  /** Of a link that was just made; it is shown this once. */
  link: string | null;
  typed: Record<string, string>;
  problems: Record<string, string>;
}

const intents = new Map<string, (args: RouteArgs, done: DoneResult, form: FormData) => Promise<unknown>>(
  Object.entries({ add, remove, send, link: makeLink, revoke }),
);

export async function changeRecipients(args: RouteArgs) {
  const done = await requireDone(args, "reconciliations.write");
  const form = await readForm(args.request);
  const intent = intents.get(onlyText(form, "intent")) ?? badRequest();
  return (await intent(args, done, form)) as ReturnType<typeof refused> | Response;
}

function refused(typed: RecipientsAnswer["typed"], problems: RecipientsAnswer["problems"]) {
  return data<RecipientsAnswer>({ link: null, typed, problems }, { status: 422 });
}

function back(args: RouteArgs, { here, ofRun }: DoneResult, message: ReturnType<typeof flash>) {
  return redirectTo(args, `${here}/report/recipients${ofRun}`, message);
}

const LONGEST_NAME = 100;

function nameProblem(name: string, what: string): Record<string, string> {
  if (name === "") return { [what]: what === "name" ? "Say who it is." : "Say for whom it is." };
  return name.length > LONGEST_NAME ? { [what]: `Use at most ${LONGEST_NAME} characters.` } : {};
}

async function add(args: RouteArgs, done: DoneResult, form: FormData) {
  const { scope, result } = done;
  const [name, email] = [oneLine(onlyText(form, "name")), onlyText(form, "email").trim()];
  const often = onlyText(form, "often");
  const typed = { name, email, often };
  const problems = {
    ...nameProblem(name, "name"),
    ...(isMailAddress(email) ? {} : { email: "Type one email address, such as owner@shop.example." }),
    ...(isHowOften(often) ? {} : { often: "Choose how often." }),
  };
  if (Object.keys(problems).length > 0 || !isHowOften(often)) return refused(typed, problems);
  const added = await addRecipient(scope, result.reconciliationId, { name, email, often });
  if (added.ok) return back(args, done, flash(`${name} gets the report ${oftenWords[often]}.`));
  if (added.reason === "not-found") return notFound();
  const why =
    added.reason === "is-there"
      ? "This address is on the list already."
      : `At most ${MOST_RECIPIENTS} people can be on the list.`;
  return refused(typed, { email: why });
}

async function remove(args: RouteArgs, done: DoneResult, form: FormData) {
  const isGone = await removeRecipient(done.scope, done.result.reconciliationId, onlyText(form, "id"));
  return isGone
    ? back(args, done, flash("They get it no more, and the links that were mailed to them lead nowhere."))
    : notFound();
}

async function send(args: RouteArgs, done: DoneResult) {
  const sent = await mailReportNow(done.scope, done.result.reconciliationId, done.run.id);
  if (sent === null) return notFound();
  if (sent === 0) return back(args, done, warning("Nobody was mailed: all on the list have got this report before."));
  return back(args, done, flash(sent === 1 ? "Mailed to one person." : `Mailed to ${sent} people.`));
}

async function makeLink({ context }: RouteArgs, { scope, result, run }: DoneResult, form: FormData) {
  const [label, lastDay] = [oneLine(onlyText(form, "label")), onlyText(form, "lastDay")];
  const { first, last } = linkDays(scope);
  const isRight = isDate(lastDay) && lastDay >= first && lastDay <= last;
  const between = `${formatShortDate(scope.place, first)} and ${formatShortDate(scope.place, last)}`;
  const problems = {
    ...nameProblem(label, "label"),
    ...(isRight ? {} : { lastDay: `Choose a day between ${between}.` }),
  };
  if (Object.keys(problems).length > 0) return refused({ label, lastDay }, problems);
  const path = await makeReportLink(scope, result.reconciliationId, { runId: run.id, label, lastDay });
  if (path === null) return notFound();
  return data<RecipientsAnswer>({ link: `${context.env.appOrigin}${path}`, typed: {}, problems: {} }, { status: 201 });
}

async function revoke(args: RouteArgs, done: DoneResult, form: FormData) {
  const isRevoked = await revokeReportLink(done.scope, done.result.reconciliationId, onlyText(form, "id"));
  return isRevoked ? back(args, done, flash("The link leads nowhere from now on.")) : notFound();
}
