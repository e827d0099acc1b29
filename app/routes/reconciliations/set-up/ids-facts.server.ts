/** By what orders are tracked: tried on stored rows, and chosen; what stands before or after ids is learned and approved. */
import { data } from "@remix-run/node";
import { usualIdRules } from "~/features/reconciliation/columns/books";
import { affixExamples, aliasExamples } from "~/features/reconciliation/ids/affix-examples";
import { type AffixRule, aliasTypes } from "~/features/reconciliation/ids/alias-types";
import { learnAffix } from "~/features/reconciliation/ids/learn-affix";
import { keyWords } from "~/features/reconciliation/results/words";
import { findReconciliation } from "~/features/reconciliation/set-up/find-reconciliation.server";
import { affixRule, type KeptSettings, MOST_AFFIXES } from "~/features/reconciliation/set-up/kept-settings";
import { type Tried, trySettings } from "~/features/reconciliation/set-up/try-settings.server";
import { badRequest } from "~/http/answers.server";
import { onlyText, readForm } from "~/http/form.server";
import { type RouteArgs } from "~/http/scope.server";
import { numberFormat } from "~/platform/number-formats";
import { type Place } from "~/platform/time";
import { requireReconciliation } from "~/routes/reconciliations/reconciliation.server";
import { daysText } from "~/features/reconciliation/results/days-text";
import { frameFacts, goOn, saveChange, versionIn } from "~/routes/reconciliations/set-up/set-up-facts.server";
import { again, ANEW, fitText } from "~/routes/reconciliations/set-up/time-and-money-facts.server";

export async function loadIds(args: RouteArgs) {
  const page = await requireReconciliation(args, "reconciliations.write");
  const { scope, reconciliation } = page;
  const { settings } = reconciliation;
  const tried = await trySettings(scope, reconciliation);
  const { affixes, keepsLeadingZeros } = settings.idRules;
  return {
    ...frameFacts(page, "ids"),
    schemes: schemesOf(tried, settings, scope.place),
    tried: tried && triedWords(tried, scope.place),
    affixes: [...affixes.map(keptAffix), ...proposalsOf(tried, scope.place)],
    typed: { scheme: settings.scheme ?? ANEW, affixes: affixes.map(written), dropsZeros: !keepsLeadingZeros },
  };
}

export type IdsView = Awaited<ReturnType<typeof loadIds>>;

/** Those that the orders have, and the one that is chosen. */
function schemesOf(tried: Tried | null, { scheme }: KeptSettings, place: Place) {
  const shares = tried?.pairs.shares ?? [];
  const examples = tried ? aliasExamples(tried.books) : new Map<string, string>();
  const [best] = shares;
  const anew =
    best && best.hits > 0 ? `Now that would be: ${keyWords[best.type]}.` : "The one by which most are found.";
  const offered = aliasTypes.filter((type) => tried === null || type === scheme || examples.has(type));
  return [
    { value: ANEW, label: "Find it anew at each comparison", hint: anew },
    ...offered.map((type) => {
      const fits = fitText(shares.find((share) => share.type === type)?.share ?? null, place);
      const example = examples.get(type);
      const words = [example === undefined ? null : `Such as ${shortened(example)}.`, fits].filter(Boolean).join(" ");
      return { value: type, label: keyWords[type], hint: words || null };
    }),
  ];
}

const shortened = (id: string) => (id.length > 40 ? `${id.slice(0, 39)}…` : id);

function triedWords({ books, pairs, ...days }: Tried, place: Place): string {
  const { length } = books.transactions;
  const without = pairs.order.subarray(0, length).filter((order) => order === -1).length;
  const number = (count: number) => count.toLocaleString(place.locale);
  const finds =
    without === 0
      ? "Each of them finds an order."
      : `${number(without)} of them ${without === 1 ? "finds" : "find"} no order.`;
  return `Tried on ${number(length)} tracked purchases, ${daysText(place, days)}. ${finds}`;
}

/** As the form sends it. */
const written = ({ of, prefix, suffix }: AffixRule) => JSON.stringify({ of, prefix, suffix });

const keptAffix = (rule: AffixRule) => ({ value: written(rule), label: affixWords(rule), hint: "Approved." });

/** What nearly all ids that found no order have before or after that of one. */
function proposalsOf(tried: Tried | null, { locale }: Place) {
  const proposal = tried && learnAffix(tried.books, tried.pairs);
  if (!proposal) return [];
  const { rule, found, of, share } = proposal;
  const examples = affixExamples(tried.books, tried.pairs, { rule, most: 3 }).map(
    ({ from, to }) => `${shortened(from)} is ${shortened(to)}`,
  );
  const percent = numberFormat("percentTenths", locale).format(share);
  const fits = `Of ${of.toLocaleString(locale)} ids without an order, ${found.toLocaleString(locale)} (${percent}) would then find one.`;
  return [
    { value: written(rule), label: affixWords(rule), hint: `Proposed. ${fits} Such as: ${examples.join(", ")}.` },
  ];
}

function affixWords({ of, prefix, suffix }: AffixRule): string {
  const ends = [...(prefix === "" ? [] : [`“${prefix}” before`]), ...(suffix === "" ? [] : [`“${suffix}” after`])].join(
    " and ",
  );
  return `Leave out ${ends} ${of === "names" ? "the names of orders" : "the ids that were tracked"}`;
}

interface Sent {
  scheme: string;
  affixes: string[];
  dropsZeros: boolean;
}

export async function saveIds(args: RouteArgs) {
  const page = await requireReconciliation(args, "reconciliations.write");
  const { scope, reconciliation } = page;
  const form = await readForm(args.request);
  const affixes = form.getAll("affixes").map((value) => (typeof value === "string" ? value : badRequest()));
  const sent: Sent = { scheme: onlyText(form, "scheme"), affixes, dropsZeros: onlyText(form, "dropsZeros") === "on" };
  const refuse = (errors: Partial<Record<"" | "scheme", string>>, version: number) =>
    data({ sent, errors, version }, { status: 422 });
  const scheme = aliasTypes.find((type) => type === sent.scheme);
  if (!scheme && sent.scheme !== ANEW) return refuse({ scheme: "Choose by what orders are tracked." }, versionIn(form));
  const rules = affixes.map(readAffix);
  if (rules.length > MOST_AFFIXES) return refuse({ "": `At most ${MOST_AFFIXES} rules can be kept.` }, versionIn(form));
  const idRules = { affixes: rules, keepsLeadingZeros: usualIdRules.keepsLeadingZeros && !sent.dropsZeros };
  const change = { settings: { scheme: scheme ?? null, idRules } };
  const problem = await saveChange(page, { version: versionIn(form), change });
  if (problem === null) return goOn(args, page, { to: "left-out", stays: again(form, "ids") });
  const now = (await findReconciliation(scope, reconciliation.id)) ?? reconciliation;
  return refuse({ "": problem }, now.version);
}

/** Only what our own page sends can be read. */
function readAffix(text: string): AffixRule {
  const parsed = affixRule.safeParse(jsonIn(text));
  return parsed.success ? parsed.data : badRequest();
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
