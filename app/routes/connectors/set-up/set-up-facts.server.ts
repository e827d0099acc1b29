/** A connector as the pages need it on which it is set up, and where each of them leads. */
import { type Provider, type Providers, type Stream } from "~/features/connectors/connector";
import { findSetUp, type SetUp } from "~/features/connectors/set-up/find-set-up.server";
import { type SetUpStep, stepsOf } from "~/features/connectors/set-up-steps";
import { providerOf } from "~/features/connectors/streams-of";
import { notFound } from "~/http/answers.server";
import { type Flash, flash } from "~/http/flash.server";
import { onlyText } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { connectorId } from "~/routes/connectors/connection/connection-facts.server";

export interface SetUpPage {
  scope: Scope;
  setUp: SetUp;
  provider: Provider;
  /** What it has to read, as far as anybody knows. */
  streams: readonly Stream[];
  /** The connector's own page. */
  base: string;
}

/** Of a system that nobody offers any more there is nothing to set up. */
export async function requireSetUp(args: RouteArgs, providers: Providers): Promise<SetUpPage> {
  const scope = await requireScope(args, "connectors.manage");
  const setUp = (await findSetUp(scope, connectorId(args))) ?? notFound();
  const provider = providers.get(setUp.connector.provider) ?? notFound();
  const whole = providerOf(provider, setUp.connector);
  const base = `/${scope.account.slug}/connectors/${setUp.connector.id}`;
  return { scope, setUp, provider: whole, streams: whole.streams, base };
}

/** What the frame of each of these pages shows. */
export interface SetUpFrameFacts {
  firm: string;
  name: string;
  /** What its system is called. */
  system: string;
  base: string;
  /** Of the wizard; null: it is set up, and only changed here. */
  steps: ReturnType<typeof stepsOf> | null;
}

export function frameFacts({ scope, setUp, provider, base }: SetUpPage, step: SetUpStep): SetUpFrameFacts {
  const { name, state } = setUp.connector;
  const steps = state === "setting-up" ? stepsOf(base, step) : null;
  return { firm: scope.account.name, name, system: provider.name, base, steps };
}

/** The version of the connector that the page was made of. */
export function versionIn(sent: FormData): number {
  const text = onlyText(sent, "version");
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
}

/** To the next step of the wizard; of a connector that is set up, back to its page. */
export function goOn(
  args: RouteArgs,
  { setUp, base }: SetUpPage,
  { to, saved }: { to: SetUpStep; saved: string },
): Promise<Response> {
  if (setUp.connector.state === "setting-up") return redirectTo(args, `${base}/${to}`);
  return redirectTo(args, base, flash(saved));
}

export const SAVED: Flash["text"] = "Saved. It holds from the next run on.";

export const CHANGED =
  "Somebody else has changed this connector since you opened the page. Nothing of yours is lost: it stands below. Look whether it still fits, then save again.";
