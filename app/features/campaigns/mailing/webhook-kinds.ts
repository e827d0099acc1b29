/** The mail services that tell what became of mails, as pages call them. */
export const webhookKinds = ["ses", "sendgrid", "hmac"] as const;
export type WebhookKind = (typeof webhookKinds)[number];

export const webhookNames: Record<WebhookKind, string> = {
  ses: "Amazon SES",
  sendgrid: "SendGrid",
  hmac: "Another service",
};

export function isWebhookKind(text: string | undefined): text is WebhookKind {
  return webhookKinds.some((kind) => kind === text);
}
