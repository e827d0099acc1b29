/** Renaming a connector, and what its provider's form asks for. */
import { data } from "@remix-run/node";
import { openSecrets } from "~/features/connectors/access/secrets.server";
import { testConnection } from "~/features/connectors/access/test-connection.server";
import { type Provider, type Providers, type Settings } from "~/features/connectors/connector";
import { findConnector } from "~/features/connectors/find-connector.server";
import { saveConnector } from "~/features/connectors/save-connector.server";
import { settingsFields } from "~/features/connectors/settings-form";
import { notFound } from "~/http/answers.server";
import { flash, type Flash, warning } from "~/http/flash.server";
import { onlyText, readForm } from "~/http/form.server";
import { redirectTo } from "~/http/redirect.server";
import { type RouteArgs } from "~/http/scope.server";
import { type Scope } from "~/platform/scope.server";
import { requireConnector } from "~/routes/connectors/connection/connection-facts.server";
import { connectorPath } from "~/routes/connectors/paths";
import { requireWhole, type Whole } from "~/routes/connectors/connector/whole.server";
import { drawFields, nameProblem, readTyped, takenNames, type Typed } from "~/routes/connectors/typed-settings.server";

/** One whose system is offered no longer can be deleted, and nothing else. */
async function requireOffered(args: RouteArgs, providers: Providers): Promise<Whole & { provider: Provider }> {
  const { provider, ...whole } = await requireWhole(args, providers);
  return provider ? { provider, ...whole } : notFound();
}

export async function loadSettings(args: RouteArgs, providers: Providers) {
  const { scope, connector, provider, system, page } = await requireOffered(args, providers);
  const kept = await keptSecrets(scope, connector.id);
  return {
    ...{ firm: scope.account.name, name: connector.name, page, system, version: connector.version },
    fields: drawFields(provider, { values: connector.settings, kept }),
  };
}

export type SettingsView = Awaited<ReturnType<typeof loadSettings>>;

/** By name: what they are is told to nobody. */
async function keptSecrets(scope: Scope, connectorId: string): Promise<string[]> {
  const connector = await findConnector(scope, connectorId);
  return connector ? Object.keys(openSecrets(scope, connector)) : [];
}

export async function saveSettings(args: RouteArgs, providers: Providers) {
  const { scope, connector, provider } = await requireConnector(args, providers);
  if (!provider) return notFound();
  const form = await readForm(args.request);
  const typed = await readTyped(form, provider);
  const version = Number(onlyText(form, "version"));
  const isRenamed = typed.name !== connector.name;
  const problem = nameProblem(typed.name, isRenamed ? await takenNames(scope, connector.id) : new Set());
  const again = (wrong: Wrong) => refuseForm(scope, { connectorId: connector.id, provider, typed, version, ...wrong });
  if (problem !== null) return again({ name: problem });
  const saved = await saveConnector(scope, connector.id, {
    provider,
    name: typed.name,
    typed: typed.settings,
    version,
  });
  if (saved.ok) {
    const page = connectorPath(scope.account.slug, connector.id);
    return redirectTo(args, page, await savedMessage(args, { scope, connectorId: connector.id, provider, ...saved }));
  }
  if (saved.reason === "not-found") return notFound();
  if (saved.reason === "settings") return again({ errors: saved.errors });
  const { now } = saved;
  return again({ form: changedMeanwhile(provider, now), version: now.version });
}

interface Wrong {
  name?: string;
  errors?: Readonly<Record<string, string[]>>;
  form?: string;
  version?: number;
}

async function refuseForm(
  scope: Scope,
  {
    connectorId,
    provider,
    typed,
    version,
    ...wrong
  }: Wrong & {
    connectorId: string;
    provider: Provider;
    typed: Typed;
    version: number;
  },
) {
  const { name, errors = {}, form } = wrong;
  const kept = await keptSecrets(scope, connectorId);
  const answer = {
    name: { name: "name", value: typed.name, ...(name ? { errors: [name] } : {}) },
    fields: drawFields(provider, { values: typed.settings, errors, kept }),
    form: [...(form ? [form] : []), ...(errors[""] ?? [])],
    version,
  };
  return data(answer, { status: 422 });
}

/** Theirs in words; mine still stands in the form. Secrets are nobody's to read. */
function changedMeanwhile(provider: Provider, { name, settings }: { name: string; settings: Settings }): string {
  const others = settingsFields(provider)
    .filter(({ type }) => type !== "secret")
    .map((field) => `${field.label}: ${settings[field.name] ?? "empty"}`);
  const says = [`Name: ${name}`, ...others].join("; ");
  return `Somebody else has changed this meanwhile. It says now: ${says}. Save again to have it as you typed.`;
}

/** One that is connected by a key is tried at once. */
async function savedMessage(
  { context, request }: RouteArgs,
  {
    scope,
    connectorId,
    provider,
    isOtherSystem,
  }: {
    scope: Scope;
    connectorId: string;
    provider: Provider;
    isOtherSystem: boolean;
  },
): Promise<Flash> {
  const anew = isOtherSystem ? " The next run reads everything." : "";
  if (provider.access.kind === "oauth") {
    return flash(isOtherSystem ? `Saved.${anew} If it is another place now, connect it again.` : "Saved.");
  }
  const connector = (await findConnector(scope, connectorId)) ?? notFound();
  const problem = await testConnection(scope, { connector, provider, env: context.env, signal: request.signal });
  if (problem === null) return flash(`Saved. ${provider.name} can be read.${anew}`);
  return warning(`Saved, but it cannot be read. ${problem}`.slice(0, 500));
}
