/** Signing in and agreeing, as people do it. */
import { type IncomingMessage, type ServerResponse } from "node:http";
import { type InteractionDetails, type Provider } from "oidc-provider";
import { readFields, sendHtml } from "./fields";
import { type Flavour } from "./flavour";
import { consentPage, signInPage } from "./pages";

export async function answerInteraction(
  flavour: Flavour,
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const details = await provider.interactionDetails(request, response);
  const isSignIn = details.prompt.name === "login";
  const asked = (details.params.scope ?? "").split(" ").filter(Boolean);
  if (request.method !== "POST") {
    const person = details.session?.accountId ?? "";
    const html = isSignIn ? signInPage(flavour.title, flavour.people) : consentPage(flavour.title, person, asked);
    return sendHtml(response, html);
  }
  const fields = await readFields(request);
  const result = isSignIn
    ? { login: { accountId: fields.get("login") ?? "" } }
    : await agreement(provider, details, { asked, fields });
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: !isSignIn });
}

interface Said {
  asked: readonly string[];
  fields: URLSearchParams;
}

async function agreement(provider: Provider, details: InteractionDetails, { asked, fields }: Said): Promise<object> {
  if (fields.get("answer") === "cancel") {
    return { error: "access_denied", error_description: "The user denied the request" };
  }
  const facts = { accountId: details.session?.accountId ?? "", clientId: details.params.client_id ?? "" };
  const known = details.grantId ? await provider.Grant.find(details.grantId) : undefined;
  const grant = known ?? new provider.Grant(facts);
  // What is ticked this time is what holds, whatever was ticked before.
  grant.openid = undefined;
  grant.rejected = undefined;
  const ticked = new Set(fields.getAll("scope"));
  for (const scope of asked) {
    if (ticked.has(scope)) grant.addOIDCScope(scope);
    else grant.rejectOIDCScope(scope);
  }
  return { consent: { grantId: await grant.save() } };
}
