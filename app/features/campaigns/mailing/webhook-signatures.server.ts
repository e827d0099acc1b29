/**
 * Whether a message to a webhook is from whom it says: Amazon SNS, SendGrid, or whoever has our own secret. What is signed is the
 * body as it was received, byte for byte. Each message has a replay key, which may be taken once until `keptUntil`.
 */
import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  type KeyObject,
  timingSafeEqual,
  verify,
  X509Certificate,
} from "node:crypto";
import { HOUR_MS, later, millisecondsBetween, MINUTE_MS } from "~/platform/time";

export type SignatureProblem =
  "not-readable" | "not-signed" | "bad-signature" | "too-old" | "bad-certificate" | "other-topic";

export interface Signed {
  ok: true;
  /** Of what was signed, not of the signature: an ECDSA signature has a second form. */
  replayKey: string;
  /** From then on the message is too old by itself. */
  keptUntil: string;
}

export type SignatureResult = Signed | { ok: false; reason: SignatureProblem };

/** A clock may be wrong by this much, and a message may wait so long. */
const TOLERANCE_MS = 5 * MINUTE_MS;
/** SNS and SendGrid try again for long: so late may a message come. */
const RETRIED_MS = 24 * HOUR_MS;

function signed(parts: string[], { at, toleranceMs }: { at: string; toleranceMs: number }): Signed {
  const replayKey = createHash("sha256").update(parts.join("\n")).digest("base64url");
  return { ok: true, replayKey, keptUntil: later(at, toleranceMs) };
}

function isTooOld(at: string, now: string, toleranceMs: number): boolean {
  const age = millisecondsBetween(at, now);
  return !(age <= toleranceMs && age >= -TOLERANCE_MS);
}

/** Unix seconds as an instant; null for anything else. */
function instantOfSeconds(text: string | null): string | null {
  return text && /^\d{1,11}$/.test(text) ? new Date(Number(text) * 1_000).toISOString() : null;
}

/**
 * Our own form: `X-Tallybook-Timestamp` (Unix seconds) and `X-Tallybook-Signature: sha256=…`, the HMAC-SHA256 in hex of the timestamp, a
 * full stop and the body.
 */
export function verifyHmac(
  body: string,
  { timestamp, signature }: { timestamp: string | null; signature: string | null },
  { secret, now }: { secret: string; now: string },
): SignatureResult {
  const at = instantOfSeconds(timestamp);
  const given = /^sha256=([0-9a-f]{64})$/i.exec(signature ?? "")?.[1];
  if (!at || !given || secret === "") return { ok: false, reason: "not-signed" };
  const right = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest();
  if (!timingSafeEqual(right, Buffer.from(given, "hex"))) return { ok: false, reason: "bad-signature" };
  if (isTooOld(at, now, TOLERANCE_MS)) return { ok: false, reason: "too-old" };
  return signed(["hmac", timestamp ?? "", body], { at, toleranceMs: TOLERANCE_MS });
}

/**
 * SendGrid's Signed Event Webhook: ECDSA (P-256, SHA-256) over the timestamp and the body, in
 * `X-Twilio-Email-Event-Webhook-Signature` and `-Timestamp`.
 *
 * @param key as SendGrid shows it: SubjectPublicKeyInfo in base64
 */
export function verifySendGrid(
  body: string,
  { timestamp, signature }: { timestamp: string | null; signature: string | null },
  { key, now }: { key: string; now: string },
): SignatureResult {
  const at = instantOfSeconds(timestamp);
  if (!at || !signature) return { ok: false, reason: "not-signed" };
  const publicKey = ecKey(key);
  if (!publicKey) return { ok: false, reason: "bad-certificate" };
  const isRight = verify("sha256", Buffer.from(`${timestamp}${body}`), publicKey, Buffer.from(signature, "base64"));
  if (!isRight) return { ok: false, reason: "bad-signature" };
  if (isTooOld(at, now, RETRIED_MS)) return { ok: false, reason: "too-old" };
  return signed(["sendgrid", timestamp ?? "", body], { at, toleranceMs: RETRIED_MS });
}

/** Whether what somebody pasted is a key of SendGrid's. */
export function isSendGridKey(key: string): boolean {
  return ecKey(key) !== null;
}

function ecKey(base64: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : null;
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

export interface SnsMessage {
  Type: "Notification" | "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  MessageId: string;
  TopicArn: string;
  Message: string;
  Subject?: string;
  Timestamp: string;
  SignatureVersion: string;
  Signature: string;
  SigningCertURL: string;
  SubscribeURL?: string;
  Token?: string;
}

/** By SNS' documentation, in this order; a subject only where there is one. */
const signedFields = {
  Notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
  SubscriptionConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
  UnsubscribeConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
} as const;

const algorithms: Partial<Record<string, string>> = { "1": "RSA-SHA1", "2": "RSA-SHA256" };

/**
 * A message of Amazon SNS, signature version 1 or 2. Anybody can have SNS sign messages of a topic of their own: so it has to be of the
 * topic that was set.
 *
 * @param fetchCertificate gets the PEM from an address that was found to be Amazon's; throws when it cannot
 */
export async function verifySns(
  message: SnsMessage,
  {
    topicArn,
    now,
    fetchCertificate,
  }: { topicArn: string; now: string; fetchCertificate: (url: string) => Promise<string> },
): Promise<SignatureResult> {
  const algorithm = algorithms[message.SignatureVersion];
  if (!algorithm) return { ok: false, reason: "not-signed" };
  if (message.TopicArn !== topicArn) return { ok: false, reason: "other-topic" };
  const url = amazonAddress(message.SigningCertURL);
  if (!url || !certificatePath.test(url.pathname + url.search)) return { ok: false, reason: "bad-certificate" };
  if (isTooOld(message.Timestamp, now, RETRIED_MS)) return { ok: false, reason: "too-old" };
  const key = certificateKey(await fetchCertificate(url.href), now);
  if (!key) return { ok: false, reason: "bad-certificate" };
  const fields = signedFields[message.Type].filter((name) => message[name] !== undefined);
  const text = fields.map((name) => `${name}\n${message[name]}\n`).join("");
  const padded = { key, padding: constants.RSA_PKCS1_PADDING };
  const isRight = verify(algorithm, Buffer.from(text, "utf8"), padded, Buffer.from(message.Signature, "base64"));
  if (!isRight) return { ok: false, reason: "bad-signature" };
  return signed(["sns", message.TopicArn, message.MessageId], { at: message.Timestamp, toleranceMs: RETRIED_MS });
}

/** As SNS names its certificates, and nothing beside it: other addresses of that host answer in anybody's words. */
const certificatePath = /^\/SimpleNotificationService-[0-9a-f]{1,64}\.pem$/;

/** `https://sns.<region>.amazonaws.com` (in China `.com.cn`) and nothing else; also what SubscribeURL has to be. */
export function amazonAddress(text: string | undefined): URL | null {
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.protocol === "https:" && url.port === "" && url.username === "" && url.password === "";
  return isPlain && /^sns\.[a-z]{2}(?:-[a-z]{2,10}){1,3}-\d{1,2}\.amazonaws\.com(?:\.cn)?$/.test(url.hostname)
    ? url
    : null;
}

function certificateKey(pem: string, now: string): KeyObject | null {
  try {
    const certificate = new X509Certificate(pem);
    const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
    const isValid = from <= Date.parse(now) && Date.parse(now) <= to;
    return isValid && certificate.publicKey.asymmetricKeyType === "rsa" ? certificate.publicKey : null;
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
