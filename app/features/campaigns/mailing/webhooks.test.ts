import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  plainFormOutcomes,
  readSnsMessage,
  sendGridOutcomes,
  sesOutcomes,
} from "~/features/campaigns/mailing/webhook-events";
import {
  amazonAddress,
  type SnsMessage,
  verifyHmac,
  verifySendGrid,
  verifySns,
} from "~/features/campaigns/mailing/webhook-signatures.server";

const now = "2026-11-21T10:00:00.000Z";
const seconds = String(Date.parse(now) / 1_000);

/** One piece of DER (X.690). */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const data = Buffer.concat(parts);
  const length = data.length < 128 ? [data.length] : [0x82, data.length >> 8, data.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), data]);
}

/** A certificate that signs itself, as small as X.509 allows. */
function certificate(
  { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject },
  until = "270101000000Z",
): string {
  const algorithm = der(0x30, Buffer.from("06092a864886f70d01010b0500", "hex"));
  const name = der(0x30, der(0x31, der(0x30, Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from("sns")))));
  const validity = der(0x30, der(0x17, Buffer.from("260101000000Z")), der(0x17, Buffer.from(until)));
  const key = publicKey.export({ format: "der", type: "spki" });
  const body = der(0x30, der(0x02, Buffer.from([1])), algorithm, name, validity, name, key);
  const signature = der(0x03, Buffer.from([0]), sign("sha256", body, privateKey));
  const whole = der(0x30, body, algorithm, signature).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${whole.match(/.{1,64}/g)?.join("\n")}\n-----END CERTIFICATE-----\n`;
}

const amazon = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const topicArn = "arn:aws:sns:eu-west-1:123456789012:bounces";

function snsMessage(change: Partial<SnsMessage> = {}, version: "1" | "2" = "2"): SnsMessage {
  const message = {
    Type: "Notification" as const,
    MessageId: "m1",
    TopicArn: topicArn,
    Message: '{"a":"ü\\n"}',
    Timestamp: "2026-11-21T09:59:00.000Z",
    SignatureVersion: version,
    Signature: "",
    SigningCertURL: "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem",
    ...change,
  };
  const subject = message.Subject === undefined ? "" : `Subject\n${message.Subject}\n`;
  const text = `Message\n${message.Message}\nMessageId\n${message.MessageId}\n${subject}Timestamp\n${message.Timestamp}\nTopicArn\n${message.TopicArn}\nType\n${message.Type}\n`;
  const signature = sign(version === "1" ? "RSA-SHA1" : "RSA-SHA256", Buffer.from(text), amazon.privateKey);
  return { ...message, Signature: signature.toString("base64") };
}

describe("Amazon SNS", () => {
  const fetched: string[] = [];
  const verified = (message: SnsMessage, pem = certificate(amazon)) => {
    fetched.length = 0;
    const fetchCertificate = (url: string) => {
      fetched.push(url);
      return Promise.resolve(pem);
    };
    return verifySns(message, { topicArn, now, fetchCertificate });
  };

  test.each(["1", "2"] as const)("signed with version %s is believed, with and without a subject", async (version) => {
    expect(await verified(snsMessage({}, version))).toMatchObject({ ok: true, keptUntil: "2026-11-22T09:59:00.000Z" });
    expect(await verified(snsMessage({ Subject: "Bounce" }, version))).toMatchObject({ ok: true });
  });

  test("the same message has the same replay key, another has another", async () => {
    const [one, again, other] = await Promise.all(
      [snsMessage(), snsMessage(), snsMessage({ MessageId: "m2" })].map((each) => verified(each)),
    );
    expect(one).toEqual(again);
    expect(other).not.toEqual(one);
  });

  test("a confirmation signs where to confirm", async () => {
    const message = {
      ...snsMessage(),
      Type: "SubscriptionConfirmation" as const,
      SubscribeURL: "https://sns.eu-west-1.amazonaws.com/?x",
      Token: "t",
    };
    const text = `Message\n${message.Message}\nMessageId\nm1\nSubscribeURL\n${message.SubscribeURL}\nTimestamp\n${message.Timestamp}\nToken\nt\nTopicArn\n${topicArn}\nType\nSubscriptionConfirmation\n`;
    const signature = sign("RSA-SHA256", Buffer.from(text), amazon.privateKey).toString("base64");
    expect(await verified({ ...message, Signature: signature })).toMatchObject({ ok: true });
    expect(await verified({ ...message, Signature: signature, SubscribeURL: "https://evil.example/" })).toMatchObject({
      ok: false,
    });
  });

  test.each<[string, SnsMessage, string]>([
    ["changed on its way", { ...snsMessage(), Message: "other" }, "bad-signature"],
    ["signed with the other version than it says", { ...snsMessage({}, "1"), SignatureVersion: "2" }, "bad-signature"],
    ["of a version nobody knows", { ...snsMessage(), SignatureVersion: "3" }, "not-signed"],
    ["of another topic", snsMessage({ TopicArn: "arn:aws:sns:eu-west-1:999999999999:mine" }), "other-topic"],
    ["of the day before yesterday", snsMessage({ Timestamp: "2026-11-19T10:00:00.000Z" }), "too-old"],
    ["of tomorrow", snsMessage({ Timestamp: "2026-11-22T10:00:00.000Z" }), "too-old"],
    ["of no time", snsMessage({ Timestamp: "soon" }), "too-old"],
  ])("%s is not believed", async (_, message, reason) => {
    expect(await verified(message)).toEqual({ ok: false, reason });
  });

  test.each([
    "http://sns.eu-west-1.amazonaws.com/a.pem",
    "https://sns.eu-west-1.amazonaws.com.evil.example/a.pem",
    "https://evil.example/sns.eu-west-1.amazonaws.com/a.pem",
    "https://sns.eu-west-1.amazonaws.com:8443/a.pem",
    "https://a:b@sns.eu-west-1.amazonaws.com/a.pem",
    "https://sns.eu-west-1.amazonaws.com@evil.example/a.pem",
    "https://s3.eu-west-1.amazonaws.com/bucket/a.pem",
    "https://sns.evil.amazonaws.com/a.pem",
    "https://sns.eu-west-1.amazonaws.com/evil.pem",
    "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-abc.pem?Action=GetTopicAttributes",
    "https://sns.eu-west-1.amazonaws.com/?Action=GetTopicAttributes&.pem",
    "https://sns.eu-west-1.amazonaws.com/a.txt",
    "file:///etc/a.pem",
    "",
  ])("a certificate at %j is not even fetched", async (SigningCertURL) => {
    expect(await verified(snsMessage({ SigningCertURL }))).toEqual({ ok: false, reason: "bad-certificate" });
    expect(fetched).toEqual([]);
  });

  test("a certificate that ran out, is another's or is none is not believed", async () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2_048 });
    expect(await verified(snsMessage(), certificate(amazon, "260301000000Z"))).toMatchObject({
      reason: "bad-certificate",
    });
    expect(await verified(snsMessage(), certificate(other))).toMatchObject({ reason: "bad-signature" });
    expect(await verified(snsMessage(), "hello")).toMatchObject({ reason: "bad-certificate" });
  });

  test.each(["us-east-1", "ap-southeast-2", "us-gov-west-1"])("%s is a region", (region) => {
    expect(amazonAddress(`https://sns.${region}.amazonaws.com/x`)).not.toBeNull();
  });

  test("what is no message of theirs is none", () => {
    expect(readSnsMessage(JSON.stringify({ ...snsMessage(), Subject: null }))?.MessageId).toBe("m1");
    for (const body of ["", "null", "[]", "{}", '{"Type":"Notification"}']) expect(readSnsMessage(body)).toBeNull();
  });
});

describe("SendGrid", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = publicKey.export({ format: "der", type: "spki" }).toString("base64");
  const body = '[{"email":"a@x.example","event":"bounce"}]\r\n';
  const signature = sign("sha256", Buffer.from(seconds + body), privateKey).toString("base64");

  test("signed is believed; changed, unsigned, too old or by another is not", () => {
    const verified = (change: object = {}, about = { key, now }, text = body) =>
      verifySendGrid(text, { timestamp: seconds, signature, ...change }, about);
    expect(verified()).toMatchObject({ ok: true });
    expect(verified({}, { key, now }, body.trim())).toEqual({ ok: false, reason: "bad-signature" });
    expect(verified({ timestamp: String(Number(seconds) + 1) })).toEqual({ ok: false, reason: "bad-signature" });
    expect(verified({ signature: null })).toEqual({ ok: false, reason: "not-signed" });
    expect(verified({ signature: "AAAA" })).toEqual({ ok: false, reason: "bad-signature" });
    expect(verified({}, { key, now: "2026-11-23T10:00:00.000Z" })).toEqual({ ok: false, reason: "too-old" });
    expect(verified({}, { key: "hello", now })).toEqual({ ok: false, reason: "bad-certificate" });
  });
});

describe("our own form", () => {
  const body = '{"events":[]}';
  const signature = `sha256=${createHmac("sha256", "secret").update(`${seconds}.${body}`).digest("hex")}`;

  test("signed is believed; changed, unsigned, too old or with another secret is not", () => {
    const verified = (change: object = {}, about = { secret: "secret", now }, text = body) =>
      verifyHmac(text, { timestamp: seconds, signature, ...change }, about);
    expect(verified()).toMatchObject({ ok: true, keptUntil: "2026-11-21T10:05:00.000Z" });
    expect(verified({}, { secret: "secret", now }, `${body} `)).toEqual({ ok: false, reason: "bad-signature" });
    expect(verified({}, { secret: "other", now })).toEqual({ ok: false, reason: "bad-signature" });
    expect(verified({}, { secret: "", now })).toEqual({ ok: false, reason: "not-signed" });
    expect(verified({ timestamp: "soon" })).toEqual({ ok: false, reason: "not-signed" });
    expect(verified({ signature: signature.slice(0, -2) })).toEqual({ ok: false, reason: "not-signed" });
    expect(verified({}, { secret: "secret", now: "2026-11-21T10:06:00.000Z" })).toEqual({
      ok: false,
      reason: "too-old",
    });
    expect(verified({}, { secret: "secret", now: "2026-11-21T09:50:00.000Z" })).toEqual({
      ok: false,
      reason: "too-old",
    });
  });
});

describe("what they say", () => {
  const mail = { messageId: "ses1", headers: [{ name: "Message-ID", value: "<c1.r7@post.example>" }] };
  const person = {
    emailAddress: "Folasade <folasade@okafor.example>",
    action: "failed",
    status: "5.1.1",
    diagnosticCode: "smtp; 550 5.1.1 user unknown",
  };

  test("is, of SES, who and why and of which mail", () => {
    const bounce = { bounceType: "Permanent", bouncedRecipients: [person], timestamp: "2026-11-21T09:00:00.000Z" };
    expect(sesOutcomes(JSON.stringify({ notificationType: "Bounce", mail, bounce }))).toEqual({
      unread: 0,
      outcomes: [
        {
          kind: "failed",
          recipient: "folasade@okafor.example",
          action: "failed",
          status: "5.1.1",
          diagnostic: "550 5.1.1 user unknown",
          messageId: "c1.r7@post.example",
          isHard: true,
          at: "2026-11-21T09:00:00.000Z",
        },
      ],
    });
  });

  test.each([
    [{ bounce: { bounceType: "Transient", bouncedRecipients: [person] } }, [{ kind: "failed", isHard: false }]],
    [{ bounce: { bounceType: "Permanent", bouncedRecipients: [{ emailAddress: "a@x.example" }] } }, [{ isHard: true }]],
    [{ complaint: { complainedRecipients: [person], complaintFeedbackType: "abuse" } }, [{ kind: "complained" }]],
    [{ complaint: { complainedRecipients: [person], complaintFeedbackType: "not-spam" } }, []],
    [{ delivery: { recipients: ["a@x.example", "b@x.example"] } }, [{ kind: "delivered" }, { kind: "delivered" }]],
    [{ deliveryDelay: { delayedRecipients: [person] } }, [{ kind: "delayed", isHard: false }]],
    [{ eventType: "Open", open: {} }, []],
  ])("of SES, %j", (event, outcomes) => {
    expect(sesOutcomes(JSON.stringify({ mail, ...event }))).toMatchObject({ outcomes, unread: 0 });
  });

  test.each([
    [
      { event: "bounce", status: "5.1.1", reason: "550 no such user", type: "bounce" },
      { kind: "failed", isHard: true },
    ],
    [
      { event: "bounce", status: "5.7.1", reason: "550 spam", type: "blocked" },
      { kind: "failed", isHard: false },
    ],
    [
      { event: "dropped", reason: "Bounced Address" },
      { kind: "failed", isHard: true },
    ],
    [
      { event: "dropped", reason: "Unsubscribed Address" },
      { kind: "failed", isHard: false },
    ],
    [
      { event: "deferred", response: "451 try again" },
      { kind: "delayed", isHard: false },
    ],
    [{ event: "spamreport" }, { kind: "complained" }],
    [{ event: "group_unsubscribe" }, { kind: "unsubscribed" }],
  ])("of SendGrid, %j", (event, outcome) => {
    const full = { email: "a@x.example", timestamp: 1_795_255_200, "smtp-id": "<c1@post.example>", ...event };
    expect(sendGridOutcomes(JSON.stringify([full, { event: "open", email: "a@x.example" }]))).toMatchObject({
      outcomes: [
        { recipient: "a@x.example", messageId: "c1@post.example", at: "2026-11-21T10:00:00.000Z", ...outcome },
      ],
      unread: 0,
    });
  });

  test("that cannot be read costs only itself", () => {
    const events = [{ event: "failed", recipient: "a@x.example", status: "5.1.1" }, { event: "?" }, null, 7];
    expect(plainFormOutcomes(JSON.stringify({ events }))).toMatchObject({ outcomes: [{ isHard: true }], unread: 3 });
    for (const body of ["", "{", "null", "[]", "7"]) {
      expect(plainFormOutcomes(body)).toEqual({ outcomes: [], unread: 1 });
      expect(sesOutcomes(body)).toEqual({ outcomes: [], unread: 1 });
      expect(sendGridOutcomes(body).outcomes).toEqual([]);
    }
  });
});
