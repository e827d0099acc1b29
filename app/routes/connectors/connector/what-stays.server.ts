/** What stands here of a connector, for whoever ends it: what would stay, and what would go. */
import { listRunsOfConnector } from "~/features/pipeline/run/connector-runs.server";
import { countStandingOf } from "~/features/contacts/sourced/count-standing.server";
import { isAtWork } from "~/features/pipeline/run/run";
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
  connectorId: string,
): Promise<WhatStays> {
  const [last] = await listRunsOfConnector(scope, connectorId, 1);
  const { locale } = scope.place;
  if (last && isAtWork(last.state)) {
    refreshAfter(context, REFRESH_SECONDS);
    return { atWork: `/${scope.account.slug}/imports/${last.id}`, contacts: 0, alone: 0, locale };
  }
  return { atWork: null, ...(await countStandingOf(scope, connectorId)), locale };
}

/** Unless somebody says otherwise, what was brought stays: nothing is lost by an oversight. */
export function recordsWanted(form: FormData): "stay" | "go" {
  const records = onlyText(form, "records") || "stay";
  return records === "stay" || records === "go" ? records : badRequest();
}
