import { type ActionFunctionArgs } from "@remix-run/node";
import { receiveWebhook } from "~/features/campaigns/mailing/receive-webhook.server";
import { isWebhookKind } from "~/features/campaigns/mailing/webhook-kinds";
import { readHookToken } from "~/features/campaigns/mailing/webhooks.server";
import { fetchCertificate } from "~/http/amazon-certificate.server";
import { methodNotAllowed, notFound } from "~/http/answers.server";
import { publicScope, unlisted } from "~/http/public-scope.server";

export function loader() {
  return methodNotAllowed();
}

/** What a mail service tells of mails. It is the signature that is believed: whoever learns the address can say nothing. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  unlisted(context);
  const { kind } = params;
  const address = readHookToken(context.keys, params.token ?? "");
  const scope = address && (await publicScope(context, address.accountId));
  if (!scope || !isWebhookKind(kind)) return notFound();
  const body = await request.text();
  const message = { body, header: (name: string) => request.headers.get(name) };
  const received = await receiveWebhook(scope, { kind, id: address.id }, { message, ways: { fetchCertificate } });
  if (received.ok) return said("taken", 200);
  if (received.reason === "not-found") return notFound();
  context.log.warn({ reason: received.reason }, "A message about mails was not believed");
  return said("not believed", 401);
}

function said(result: "taken" | "not believed", status: number): Response {
  return Response.json({ result }, { status });
}
