/**
 * What a webhook is told: what kind of system, what happened, and a page of ours. No names that people gave to anything,
 * since what is sent stays with somebody else.
 */
import { type NoticeKind, type NoticeSubjects, noticeHref, noticeWords } from "~/features/notices/notice-kinds";

/** Which kinds of notices a webhook is told of. */
export type WebhookKind = Extract<NoticeKind, "connector-told">;

interface Reader {
  slug: string;
  /** The address of this installation. */
  origin: string;
  /** A provider's name by its id. */
  providerName(id: string): string;
}

const happened: Record<NoticeSubjects["connector-told"]["what"], (name: string) => string> = {
  failed: (name) => `Reading from ${name} failed.`,
  attention: (name) => `Reading from ${name} needs a look.`,
  asking: (name) => `A connector to ${name} waits for an answer before it goes on.`,
  "needs-reconnecting": (name) => `A connector to ${name} has to be connected again.`,
  recovered: (name) => `Reading from ${name} works again.`,
};

/** As Slack takes it, and what is made like it: `text`, in which & < > are written as entities. */
export function webhookPayload(
  kind: WebhookKind,
  subject: NoticeSubjects[WebhookKind],
  { slug, origin, providerName }: Reader,
): { text: string } {
  const { what, provider } = subject;
  const again = what === "recovered" && subject.runId === null;
  const name = providerName(provider);
  const sentence = again ? `A connector to ${name} is connected again.` : happened[what](name);
  // The path alone: titles hold the connector's name.
  const words = noticeWords(kind, subject, null, "en-GB");
  return { text: `${escaped(sentence)}\n${escaped(origin + noticeHref(slug, words))}` };
}

export function testPayload(origin: string): { text: string } {
  return { text: `A test from Tallybook: what goes wrong with connectors will be told here.\n${escaped(origin)}` };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
