/** What a brake asks, with its numbers, and the answer. */
import { redirect } from "@remix-run/node";
import { type Provider, type Providers } from "~/features/connectors/connector";
import { answerQuestion } from "~/features/connectors/runs/answer-question.server";
import { findConcerned } from "~/features/contacts/sourced/concerned.server";
import { type Answer } from "~/features/pipeline/run/run";
import { badRequest, notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { formatInstant } from "~/platform/time";
import { requireConnector } from "~/routes/connectors/connection/connection-facts.server";
import { connectorPath } from "~/routes/connectors/paths";
import { requireWhole } from "~/routes/connectors/connector/whole.server";

/** Of each kind that an answer would concern. */
const CONTACTS_NAMED = 10;

/** Where nothing is asked any more, the connector's page says how it stands. */
export async function loadAnswer(args: RouteArgs, providers: Providers) {
  const { scope, connector, provider, system, page } = await requireWhole(args, providers);
  const { asking, name, state } = connector;
  if (!asking || state !== "asking") throw redirect(page);
  const { account, place } = scope;
  return {
    ...{ firm: account.name, name, system, page, locale: place.locale },
    ...{ askedBy: asking.runId, run: `/${account.slug}/imports/${asking.runId}` },
    ...{ words: asking.words, gone: asking.gone, blanked: asking.blanked, known: asking.known },
    at: formatInstant(place, asking.at),
    contacts: `/${account.slug}/contacts`,
    // What is compared only is marked as gone; null.
    concerned: bringsContacts(provider) ? await findConcerned(scope, connector.id, CONTACTS_NAMED) : null,
  };
}

const bringsContacts = (provider: Provider | null) => (provider?.streams[0]?.subject ?? "contacts") === "contacts";

export type AnswerView = Awaited<ReturnType<typeof loadAnswer>>;

const ASKS_ELSE = "That was answered already, and this is asked since. Nothing was done: look at the numbers first.";

const answers: readonly Answer[] = ["follow", "leave"];

export async function giveAnswer(args: RouteArgs, providers: Providers) {
  const { scope, connector } = await requireConnector(args, providers);
  const form = await readForm(args.request);
  const given = onlyText(form, "answer");
  const answer = answers.find((each) => each === given) ?? badRequest();
  const { slug } = scope.account;
  const askedBy = onlyText(form, "askedBy");
  const result = await answerQuestion(scope, connector.id, { askedBy, answer, doors: { providers } });
  if (result.ok) {
    const told = answer === "follow" ? "It is followed here, too." : "It stays here as it is.";
    return redirectTo(args, `/${slug}/imports/${result.runId}`, flash(told));
  }
  if (result.reason === "not-found") return notFound();
  const page = connectorPath(slug, connector.id);
  if (result.reason === "asks-else") return redirectTo(args, `${page}/answer`, warning(ASKS_ELSE));
  return redirectTo(args, page, warning("That is not asked any more."));
}
