/** A new connector: its name and what its provider's form asks for. */
import { data } from "@remix-run/node";
import { missingRegistration } from "~/features/connectors/catalogue.server";
import { isOAuth } from "~/features/connectors/access/oauth-provider";
import { testConnection } from "~/features/connectors/access/test-connection.server";
import { type Provider, type Providers } from "~/features/connectors/connector";
import { createConnector } from "~/features/connectors/create-connector.server";
import { findConnector } from "~/features/connectors/find-connector.server";
import { judgeSettings } from "~/features/connectors/settings-form";
import { notFound } from "~/http/answers.server";
import { flash, warning } from "~/http/flash.server";
import { readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { requireScope, type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { offerOf } from "~/routes/connectors/catalogue.server";
import { connectorPath, connectorsPath } from "~/routes/connectors/paths";
import { drawFields, freeName, nameProblem, readTyped, takenNames } from "~/routes/connectors/typed-settings.server";

async function requireProvider(args: RouteArgs, providers: Providers) {
  const scope = await requireScope(args, "connectors.manage");
  return { scope, provider: providers.get(args.params.provider ?? "") ?? notFound() };
}

export async function loadNew(args: RouteArgs, providers: Providers) {
  const { scope, provider } = await requireProvider(args, providers);
  return {
    ...{ firm: scope.account.name, base: connectorsPath(scope.account.slug) },
    offer: offerOf(scope.account.slug, provider),
    isOAuth: isOAuth(provider),
    missing: missingRegistration(args.context.env, provider),
    name: await suggestedName(scope, provider),
    fields: drawFields(provider, { values: {} }),
  };
}

export type NewView = Awaited<ReturnType<typeof loadNew>>;

/** The provider's, with a number where the firm has one of that name already. */
async function suggestedName(scope: Scope, { name }: Provider): Promise<string> {
  return freeName(name, await takenNames(scope));
}

export async function makeConnector(args: RouteArgs, providers: Providers) {
  const { scope, provider } = await requireProvider(args, providers);
  const typed = await readTyped(await readForm(args.request), provider);
  const judged = judgeSettings(provider, typed.settings);
  const problem = nameProblem(typed.name, await takenNames(scope));
  const missing = missingRegistration(args.context.env, provider);
  if (!judged.ok || problem !== null || missing) {
    const errors = judged.ok ? {} : judged.errors;
    const form = missing
      ? [
          `${provider.name} cannot be connected here yet: whoever runs Tallybook has to set ${missing.variables.join(" and ")}.`,
        ]
      : (errors[""] ?? []);
    const name = { name: "name", value: typed.name, ...(problem === null ? {} : { errors: [problem] }) };
    return data({ name, fields: drawFields(provider, { values: typed.settings, errors }), form }, { status: 422 });
  }
  const id = await createConnector(scope, provider, typed.name, judged);
  const page = connectorPath(scope.account.slug, id);
  if (isOAuth(provider)) return redirectTo(args, `${page}/connection/begin`);
  return goOn(args, { scope, provider, id, page });
}

/** One that is connected by a key is tried at once. What was typed is kept, however that ends. */
async function goOn(
  args: RouteArgs,
  { scope, provider, id, page }: { scope: Scope; provider: Provider; id: string; page: string },
): Promise<Response> {
  const connector = (await findConnector(scope, id)) ?? notFound();
  const { context, request } = args;
  const problem = await testConnection(scope, { connector, provider, env: context.env, signal: request.signal });
  if (problem === null) return redirectTo(args, `${page}/fields`, flash(`${provider.name} can be read.`));
  return redirectTo(args, `${page}/connection`, warning("What was entered is kept, but it cannot be read."));
}
