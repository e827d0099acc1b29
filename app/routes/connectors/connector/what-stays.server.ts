/** What stands here of a connector, for whoever ends it: what would stay, and what would go. */
import { type WholeConnector } from "~/features/connectors/find-whole-connector.server";
import { listRunsOfConnector } from "~/features/pipeline/run/connector-runs.server";
import { countStandingOf } from "~/features/contacts/sourced/count-standing.server";
import { isAtWork } from "~/features/pipeline/run/run";
import { revocationWords } from "~/features/connectors/access/revocation-words";
import { type Revocation } from "~/features/connectors/access/take-back.server";
import { type Flash, warning } from "~/http/flash.server";
import { badRequest, refreshAfter } from "~/http/answers.server";
import { onlyText } from "~/http/form.server";
import { type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";

const REFRESH_SECONDS = 3;

export interface WhatStays {
  /** The run at work, which has to end first: what it brings could not be counted. */
  atWork: string | null;
  contacts: number;
  /** Of these, whom nothing else stands for. */
  alone: number;
  locale: string;
}

export async function whatStays(
  { context }: Pick<RouteArgs, "context">,
  scope: Scope,
  { id, selection, mapping }: Pick<WholeConnector, "id" | "selection" | "mapping">,
): Promise<WhatStays> {
  const [last] = await listRunsOfConnector(scope, id, 1);
  const { locale } = scope.place;
  if (last && isAtWork(last.state)) {
    refreshAfter(context, REFRESH_SECONDS);
    return { atWork: `/${scope.account.slug}/imports/${last.id}`, contacts: 0, alone: 0, locale };
  }
  const streams = Object.keys(selection).filter((stream) => stream in mapping);
  return { atWork: null, ...(await countStandingOf(scope, id, streams)), locale };
}

export const stopFirst = warning("It is being read right now. Stop the run first, or wait for its end.");

/** The run began after it was looked for, and before the access went: what was wanted besides is not done. */
export function begunMeanwhile(system: string, revocation: Revocation, wanted: string): Flash {
  const words = revocationWords(system, revocation);
  return warning(`${words} But a run began at that moment, so ${wanted}. Stop it or wait for its end, then try again.`);
}

/** Unless somebody says otherwise, what was brought stays: nothing is lost by an oversight. */
export function recordsWanted(form: FormData): "stay" | "go" {
  const records = onlyText(form, "records") || "stay";
  return records === "stay" || records === "go" ? records : badRequest();
}
