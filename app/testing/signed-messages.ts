/** Messages of mail services, signed as those sign them, with keys made here. */
import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type SnsMessage } from "~/features/campaigns/mailing/webhook-signatures.server";

export const topicArn = "arn:aws:sns:eu-west-1:123456789012:bounces";

/** One piece of DER (X.690). */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const data = Buffer.concat(parts);
  const length = data.length < 128 ? [data.length] : [0x82, data.length >> 8, data.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), data]);
}

/** A certificate that signs itself, as small as X.509 allows; of 2026. */
function certificate({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): string {
  const algorithm = der(0x30, Buffer.from("06092a864886f70d01010b0500", "hex"));
  const name = der(0x30, der(0x31, der(0x30, Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from("sns")))));
  const validity = der(0x30, der(0x17, Buffer.from("260101000000Z")), der(0x17, Buffer.from("270101000000Z")));
  const key = publicKey.export({ format: "der", type: "spki" });
  const body = der(0x30, der(0x02, Buffer.from([1])), algorithm, name, validity, name, key);
  const signature = der(0x03, Buffer.from([0]), sign("sha256", body, privateKey));
  const whole = der(0x30, body, algorithm, signature).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${whole.match(/.{1,64}/g)?.join("\n")}\n-----END CERTIFICATE-----\n`;
}

const amazon = generateKeyPairSync("rsa", { modulusLength: 2_048 });
export const amazonCertificate = certificate(amazon);

/** The body of a request of SNS. */
export function snsBody(message: string, at: string, change: Partial<SnsMessage> = {}): string {
  const whole = {
    ...{ Type: "Notification" as SnsMessage["Type"], MessageId: "m1", TopicArn: topicArn, Message: message },
    ...{ Timestamp: at, SignatureVersion: "2" },
    SigningCertURL: "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem",
    ...change,
  };
  const names =
    whole.Type === "Notification"
      ? (["Message", "MessageId", "Timestamp", "TopicArn", "Type"] as const)
      : (["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"] as const);
  const told: Partial<Record<string, string>> = whole;
  const text = names.map((name) => `${name}\n${told[name]}\n`).join("");
  const signature = sign("RSA-SHA256", Buffer.from(text), amazon.privateKey).toString("base64");
  return JSON.stringify({ ...whole, Signature: signature });
}

const sendGrid = generateKeyPairSync("ec", { namedCurve: "P-256" });
export const sendGridKey = sendGrid.publicKey.export({ format: "der", type: "spki" }).toString("base64");

const secondsOf = (at: string) => String(Math.floor(Date.parse(at) / 1_000));

export function sendGridHeaders(body: string, at: string): Record<string, string> {
  const signature = sign("sha256", Buffer.from(secondsOf(at) + body), sendGrid.privateKey).toString("base64");
  return {
    "x-twilio-email-event-webhook-timestamp": secondsOf(at),
    "x-twilio-email-event-webhook-signature": signature,
  };
}

export function hmacHeaders(body: string, at: string, secret: string): Record<string, string> {
  const signature = createHmac("sha256", secret)
    .update(`${secondsOf(at)}.${body}`)
    .digest("hex");
  return { "x-tallybook-timestamp": secondsOf(at), "x-tallybook-signature": `sha256=${signature}` };
}
