/**
 * What the messages to a webhook say, as outcomes: Amazon SES through SNS, SendGrid, and our own plain form. An event that cannot be read
 * costs only itself. Opens and clicks are passed over. Pure; the signature was verified before.
 */
import { z } from "zod";
import { bare, isHardRefusal, type MailOutcome, statusIn, toldLine } from "~/features/campaigns/mailing/mail-outcome";
import { type SnsMessage } from "~/features/campaigns/mailing/webhook-signatures.server";

export interface WebhookReading {
  outcomes: MailOutcome[];
  /** Events that could not be read; not those that say nothing to us. */
  unread: number;
}

const MOST_EVENTS = 5_000;
const nothing: WebhookReading = { outcomes: [], unread: 0 };

/** `undefined` where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const text = z.string().max(100_000);
const optional = text.nullish();

const snsMessage = z.object({
  Type: z.enum(["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]),
  MessageId: text,
  TopicArn: text,
  Message: z.string().max(300_000),
  Subject: text.optional(),
  Timestamp: z.iso.datetime(),
  SignatureVersion: text,
  Signature: text,
  SigningCertURL: text,
  SubscribeURL: text.optional(),
  Token: text.optional(),
});

/** The body of SNS' request; null where it is none. A subject of null is as none. */
export function readSnsMessage(body: string): SnsMessage | null {
  const json = parsed(body);
  const read = snsMessage.safeParse(
    json && typeof json === "object" && "Subject" in json && json.Subject === null
      ? { ...json, Subject: undefined }
      : json,
  );
  return read.success ? read.data : null;
}

const sesPerson = z.object({ emailAddress: text, action: optional, status: optional, diagnosticCode: optional });
const sesEvent = z.object({
  notificationType: optional,
  eventType: optional,
  mail: z.object({
    messageId: optional,
    headers: z
      .array(z.object({ name: text, value: text }))
      .nullish()
      .catch(null),
  }),
  bounce: z.object({ bounceType: text, bouncedRecipients: z.array(sesPerson), timestamp: optional }).optional(),
  complaint: z
    .object({ complainedRecipients: z.array(sesPerson), complaintFeedbackType: optional, timestamp: optional })
    .optional(),
  delivery: z.object({ recipients: z.array(text), timestamp: optional }).optional(),
  deliveryDelay: z.object({ delayedRecipients: z.array(sesPerson), timestamp: optional }).optional(),
});
type SesEvent = z.infer<typeof sesEvent>;

/** @param message of a Notification: SES' notification or event */
export function sesOutcomes(message: string): WebhookReading {
  const read = sesEvent.safeParse(parsed(message));
  if (!read.success) return { ...nothing, unread: 1 };
  return { outcomes: outcomesOfSes(read.data).slice(0, MOST_EVENTS), unread: 0 };
}

function outcomesOfSes({ mail, bounce, complaint, delivery, deliveryDelay }: SesEvent): MailOutcome[] {
  const own = mail.headers?.find(({ name }) => name.toLowerCase() === "message-id")?.value;
  const messageId = bare(own ?? mail.messageId);
  const told = (kind: MailOutcome["kind"], people: readonly SesPerson[], at: string | null | undefined) =>
    people.map((person) => sesOutcome(person, { kind, messageId, at: instant(at) }));
  const outcomes: MailOutcome[] = [];
  if (bounce) {
    const { bouncedRecipients, bounceType, timestamp } = bounce;
    outcomes.push(...told("failed", bouncedRecipients, timestamp).map((each) => bounced(each, bounceType)));
  }
  if (complaint && complaint.complaintFeedbackType !== "not-spam") {
    outcomes.push(...told("complained", complaint.complainedRecipients, complaint.timestamp));
  }
  if (delivery) {
    const people = delivery.recipients.map((emailAddress) => ({ emailAddress }));
    outcomes.push(...told("delivered", people, delivery.timestamp));
  }
  if (deliveryDelay) outcomes.push(...told("delayed", deliveryDelay.delayedRecipients, deliveryDelay.timestamp));
  return outcomes;
}

type SesPerson = z.infer<typeof sesPerson>;

function sesOutcome(person: SesPerson, about: Pick<MailOutcome, "kind" | "messageId" | "at">): MailOutcome {
  const diagnostic = toldLine(person.diagnosticCode?.replace(/^\s*smtp\s*;\s*/i, ""));
  const status = statusIn(person.status ?? "") ?? statusIn(diagnostic ?? "");
  const recipient = bare(person.emailAddress);
  return { ...about, recipient, action: toldLine(person.action), status, diagnostic, isHard: false };
}

/** SES has judged already: permanent is what the address is to blame for, or what the server said of it is told. */
function bounced(outcome: MailOutcome, bounceType: string | undefined): MailOutcome {
  if (bounceType !== "Permanent") return outcome;
  const isHard = outcome.status === null || isHardRefusal({ status: outcome.status, diagnostic: outcome.diagnostic });
  return { ...outcome, isHard };
}

function instant(at: string | null | undefined): string | null {
  const time = Date.parse(at ?? "");
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

const sendGridEvent = z.object({
  email: text,
  event: text,
  timestamp: z.number().min(0).max(99_999_999_999).nullish().catch(null),
  "smtp-id": optional,
  reason: optional,
  response: optional,
  status: optional,
  type: optional,
});
type SendGridEvent = z.infer<typeof sendGridEvent>;

export function sendGridOutcomes(body: string): WebhookReading {
  return eachOf(parsed(body), sendGridEvent, sendGridOutcome);
}

const sendGridKinds: Partial<Record<string, MailOutcome["kind"]>> = {
  delivered: "delivered",
  deferred: "delayed",
  bounce: "failed",
  dropped: "failed",
  spamreport: "complained",
  unsubscribe: "unsubscribed",
  group_unsubscribe: "unsubscribed",
};

function sendGridOutcome(event: SendGridEvent): MailOutcome | null {
  const kind = sendGridKinds[event.event];
  if (!kind) return null;
  const diagnostic = toldLine(event.reason ?? event.response);
  const status = statusIn(event.status ?? "") ?? statusIn(diagnostic ?? "");
  return {
    kind,
    recipient: bare(event.email),
    action: null,
    status,
    diagnostic,
    messageId: bare(event["smtp-id"]),
    isHard: kind === "failed" && isHardAtSendGrid(event, { status, diagnostic }),
    at: event.timestamp ? new Date(event.timestamp * 1_000).toISOString() : null,
  };
}

/** "Blocked" is a refusal of this mail; a mail is dropped for what its address did before. */
function isHardAtSendGrid(event: SendGridEvent, said: { status: string | null; diagnostic: string | null }): boolean {
  if (event.event === "dropped") return /bounced address|^invalid$/i.test(event.reason ?? "");
  return event.type !== "blocked" && isHardRefusal({ ...said, code: 550 });
}

const plainEvent = z.object({
  event: z.enum(["delivered", "delayed", "failed", "complained", "unsubscribed"]),
  recipient: text,
  messageId: optional,
  status: optional,
  diagnostic: optional,
  at: optional,
});

/** Our own form: `{"events": [{"event": "failed", "recipient": "…", "messageId": "…", "status": "5.1.1", "diagnostic": "…", "at": "…"}]}`. */
export function plainFormOutcomes(body: string): WebhookReading {
  const read = z.object({ events: z.unknown() }).safeParse(parsed(body));
  return eachOf(read.success ? read.data.events : undefined, plainEvent, (event) => {
    const diagnostic = toldLine(event.diagnostic);
    const status = statusIn(event.status ?? "") ?? statusIn(diagnostic ?? "");
    const isHard = event.event === "failed" && isHardRefusal({ status, diagnostic });
    const { event: kind, recipient, messageId, at } = event;
    return {
      kind,
      recipient: bare(recipient),
      action: null,
      status,
      diagnostic,
      messageId: bare(messageId),
      isHard,
      at: instant(at),
    };
  });
}

function eachOf<Event>(
  list: unknown,
  schema: z.ZodType<Event>,
  outcomeOf: (event: Event) => MailOutcome | null,
): WebhookReading {
  if (!Array.isArray(list)) return { outcomes: [], unread: 1 };
  const reading: WebhookReading = { outcomes: [], unread: Math.max(0, list.length - MOST_EVENTS) };
  for (const each of list.slice(0, MOST_EVENTS)) {
    const read = schema.safeParse(each);
    if (!read.success) reading.unread += 1;
    const outcome = read.success ? outcomeOf(read.data) : null;
    if (outcome) reading.outcomes.push(outcome);
  }
  return reading;
}
