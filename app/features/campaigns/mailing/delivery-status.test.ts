import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LARGEST_REPORT, readDeliveryReport } from "~/features/campaigns/mailing/delivery-status";
import { isHardRefusal } from "~/features/campaigns/mailing/mail-outcome";

/** A report as RFC 3464 has it, with as many recipients as are given. */
function report(
  recipients: string[],
  { original = "Message-ID: <c1.r7@post.example>\nTo: someone@okafor.example", encoding = "7bit" } = {},
) {
  const fields = `Reporting-MTA: dns; mx.okafor.example\nArrival-Date: Sat, 21 Nov 2026 10:00:00 +0100\n\n${recipients.join("\n\n")}\n`;
  const body = encoding === "base64" ? Buffer.from(fields).toString("base64") : fields;
  return `From: Mail Delivery System <MAILER-DAEMON@mx.okafor.example>
To: campaigns@post.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="=_part/1"

This is a MIME-encapsulated message.

--=_part/1
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--=_part/1
Content-Type: message/delivery-status
Content-Transfer-Encoding: ${encoding}

${body}
--=_part/1
Content-Type: message/rfc822

${original}
Subject: Open day

Hello
--=_part/1--
`;
}

const unknownUser = `Final-Recipient: rfc822; folasade@okafor.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <folasade@okafor.example>: Recipient address
    rejected: User unknown`;

const outcome = {
  kind: "failed",
  recipient: "folasade@okafor.example",
  action: "failed",
  status: "5.1.1",
  diagnostic: "550 5.1.1 <folasade@okafor.example>: Recipient address rejected: User unknown",
  messageId: "c1.r7@post.example",
  isHard: true,
  at: "2026-11-21T09:00:00.000Z",
};

describe("a delivery status", () => {
  test("tells who, why and of which mail", () => {
    expect(readDeliveryReport(report([unknownUser]))).toEqual({ ok: true, outcomes: [outcome] });
  });

  test("is read alike with Windows line ends, as base64, as bytes, and attached to another mail", () => {
    const attached = `Subject: Fwd\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nsee there\n--x\nContent-Type: message/rfc822\n\n${report([unknownUser])}\n--x--\n`;
    for (const source of [
      report([unknownUser]).replaceAll("\n", "\r\n"),
      report([unknownUser], { encoding: "base64" }),
      Buffer.from(report([unknownUser])),
      attached,
    ]) {
      expect(readDeliveryReport(source)).toEqual({ ok: true, outcomes: [outcome] });
    }
  });

  test.each([
    ["Action: delayed\nStatus: 4.4.1\nWill-Retry-Until: Tue, 24 Nov 2026 10:00:00 +0100", "delayed", "4.4.1", false],
    ["Action: delivered\nStatus: 2.0.0", "delivered", "2.0.0", false],
    ["Action: relayed\nStatus: 2.0.0", "delivered", "2.0.0", false],
    ["Status: 5.1.2", "failed", "5.1.2", true],
    ["Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full", "failed", "5.2.2", false],
    ["Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 no such user", "failed", "5.1.1", true],
    ["Action: FAILED\nStatus: 5.7.1 (blocked)\nDiagnostic-Code: smtp; 554 spam", "failed", "5.7.1", false],
    [
      "Action: failed\nStatus: 5.4.1\nDiagnostic-Code: smtp;550 5.4.1 Recipient address rejected: Access denied.",
      "failed",
      "5.4.1",
      true,
    ],
  ])("with %j is a mail that was %s", (fields, kind, status, isHard) => {
    const read = readDeliveryReport(report([`Final-Recipient: rfc822;a@x.example\n${fields}`]));
    expect(read).toMatchObject({ ok: true, outcomes: [{ kind, status, isHard, recipient: "a@x.example" }] });
  });

  test("names the address that was written to, not the one it was passed on to", () => {
    const fields =
      "Original-Recipient: rfc822;anna+2B2026@x.example\nFinal-Recipient: rfc822;other@y.example\nAction: failed\nStatus: 5.1.1";
    expect(readDeliveryReport(report([fields]))).toMatchObject({ outcomes: [{ recipient: "anna+2026@x.example" }] });
  });

  test("of several recipients tells of each", () => {
    const read = readDeliveryReport(report([1, 2, 3].map((i) => unknownUser.replaceAll("folasade", `folasade${i}`))));
    expect(read.ok && read.outcomes.map(({ recipient }) => recipient)).toEqual(
      [1, 2, 3].map((i) => `folasade${i}@okafor.example`),
    );
  });

  test("of which only the fields were pasted is read, too", () => {
    const pasted = `Reporting-MTA: dns; mx\n\n${unknownUser}\n\nMessage-ID: <c1.r7@post.example>`;
    expect(readDeliveryReport(pasted)).toMatchObject({
      ok: true,
      outcomes: [
        { recipient: "folasade@okafor.example", status: "5.1.1", messageId: "c1.r7@post.example", isHard: true },
      ],
    });
  });
});

describe("a bounce in words", () => {
  test.each([
    [
      "Exim, with X-Failed-Recipients",
      `X-Failed-Recipients: folasade@okafor.example, kofi@okafor.example\nFrom: Mail Delivery System <Mailer-Daemon@mx.example>\nSubject: Mail delivery failed: returning message to sender\n\nThis message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  folasade@okafor.example\n    host mx.okafor.example [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<folasade@okafor.example>:\n    550 5.1.1 User unknown\n  kofi@okafor.example\n    host mx.okafor.example [192.0.2.1]\n    552 5.2.2 mailbox full\n\n------ This is a copy of the message ------\n\nTo: someone.else@x.example\n`,
      [
        { recipient: "folasade@okafor.example", kind: "failed", status: "5.1.1", isHard: true },
        { recipient: "kofi@okafor.example", kind: "failed", status: "5.2.2", isHard: false },
      ],
    ],
    [
      "qmail",
      "From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\nHi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<folasade@okafor.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 no such user here\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\nTo: x@y.example\n",
      [{ recipient: "folasade@okafor.example", kind: "failed", isHard: true }],
    ],
    [
      "Gmail, pasted",
      "Address not found\n\nYour message wasn't delivered to folasade@okafor.example because the address couldn't be found, or is unable to receive mail.\n\nThe response from the remote server was:\n550 5.1.1 The email account that you tried to reach does not exist.",
      [{ recipient: "folasade@okafor.example", kind: "failed", status: "5.1.1", isHard: true }],
    ],
    [
      "Gmail, without a code",
      "Your message wasn't delivered to folasade@okafor.example because the address couldn't be found, or is unable to receive mail.",
      [{ recipient: "folasade@okafor.example", kind: "failed", status: null, isHard: true }],
    ],
    [
      "Exchange, pasted",
      "Delivery has failed to these recipients or groups:\n\nfolasade@okafor.example (folasade@okafor.example)\nThe email address you entered couldn't be found. Please check the recipient's email address and try to resend the message.\n\nDiagnostic information for administrators:\n\nGenerating server: EX01.okafor.example\n\nfolasade@okafor.example\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'\n\nOriginal message headers:\n\nReceived: from ex02\nMessage-ID: <c1.r7@post.example>\nTo: someone.else@x.example\n",
      [{ recipient: "folasade@okafor.example", kind: "failed", isHard: true, messageId: "c1.r7@post.example" }],
    ],
    [
      "an older Exchange",
      "Subject: Undeliverable: Open day\n\nYour message did not reach some or all of the intended recipients.\nDelivery has failed:\n\nfolasade@okafor.example on 21/11/2026 10:00\n      The e-mail system was unable to deliver the message.\n      <ex01.okafor.example #5.2.2 smtp;552 5.2.2 mailbox is full>",
      [{ recipient: "folasade@okafor.example", kind: "failed", status: "5.2.2", isHard: false }],
    ],
    [
      "a delay",
      "Subject: Warning: message delayed 24 hours\n\nDelivery Status Notification (Delay)\nYour message to folasade@okafor.example has not yet been delivered: 451 4.3.0 try again. Delivery will be retried.",
      [{ recipient: "folasade@okafor.example", kind: "delayed", isHard: false }],
    ],
  ])("of %s is read", (_, source, outcomes) => {
    expect(readDeliveryReport(source)).toEqual({
      ok: true,
      outcomes: outcomes.map((each) => expect.objectContaining(each)),
    });
  });

  test.each([
    [
      "an answer",
      "From: Folasade <folasade@okafor.example>\nSubject: Re: Open day\n\nThank you, kofi@okafor.example will come.",
    ],
    ["somebody away", "Subject: Out of office\n\nI am away. Write to kofi@okafor.example."],
    ["nothing", ""],
    ["a list", "folasade@okafor.example\nkofi@okafor.example"],
  ])("%s is none", (_, source) => {
    expect(readDeliveryReport(source)).toEqual({ ok: false, reason: "not-a-report" });
  });
});

describe("a complaint", () => {
  const complaint = (fields: string) => `From: <abuse@isp.example>
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.
--b
Content-Type: message/feedback-report

User-Agent: SomeGenerator/1.0
Version: 1
${fields}
--b
Content-Type: text/rfc822-headers

From: <campaigns@post.example>
To: Folasade <folasade@okafor.example>
Message-ID: <c1.r7@post.example>
--b--
`;

  test("tells who, and of which mail", () => {
    const fields =
      "Feedback-Type: abuse\nOriginal-Rcpt-To: <folasade@okafor.example>\nArrival-Date: Sat, 21 Nov 2026 09:00:00 +0000";
    expect(readDeliveryReport(complaint(fields))).toEqual({
      ok: true,
      outcomes: [{ ...outcome, kind: "complained", action: null, status: null, diagnostic: "abuse", isHard: false }],
    });
  });

  test("that keeps the address back is known by whom the mail went to", () => {
    expect(readDeliveryReport(complaint("Feedback-Type: fraud"))).toMatchObject({
      outcomes: [{ kind: "complained", recipient: "folasade@okafor.example", messageId: "c1.r7@post.example" }],
    });
  });

  test("that is an opt-out takes somebody off, and one that says it is no spam is none", () => {
    expect(readDeliveryReport(complaint("Feedback-Type: opt-out"))).toMatchObject({
      outcomes: [{ kind: "unsubscribed" }],
    });
    expect(readDeliveryReport(complaint("Feedback-Type: not-spam"))).toMatchObject({ ok: false });
  });
});

describe("what is sent in", () => {
  test("is refused when it is too large", () => {
    expect(readDeliveryReport(Buffer.alloc(LARGEST_REPORT + 1))).toEqual({ ok: false, reason: "too-large" });
  });

  const nested = (depth: number): string =>
    depth === 0
      ? report([unknownUser])
      : `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n${nested(depth - 1)}\n--b${depth}--\n`;
  test.each([
    ["parts within parts, deeper than anybody has a reason for", nested(30)],
    ["parts without end", `Content-Type: multipart/mixed; boundary=b\n\n${"--b\n\nx\n".repeat(200_000)}`],
    ["headers without end", "a: b\n".repeat(400_000)],
    ["one header of megabytes", `Subject: ${"=?utf-8?Q?".repeat(100_000)}\n ${"x\n ".repeat(100_000)}`],
    ["addresses without end", `X-Failed-Recipients: ${"a@x.example,".repeat(100_000)}\n\nfailed permanently`],
    ["a text of nothing but signs of an address", `Subject: Undelivered\n\n${"a@".repeat(500_000)}`],
    ["a text of nothing but dots", `Subject: Undelivered\n\n${"a.".repeat(500_000)}@`],
    ["HTML that never closes", `Content-Type: text/html\nSubject: Undelivered\n\n${"<br ".repeat(250_000)}`],
    ["spaces", `Subject: Undelivered\n\n${" ".repeat(1_900_000)}`],
    [
      "recipients without end",
      report(Array.from({ length: 10_000 }, (_, i) => unknownUser.replaceAll("folasade", `f${i}`))),
    ],
  ])("is read at once and in bounds: %s", (_, source) => {
    const began = performance.now();
    const read = readDeliveryReport(source);
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(read.ok ? read.outcomes.length : 0).toBeLessThanOrEqual(1_000);
  });

  test("is never an error, wherever it is cut or spoilt", () => {
    const whole = report([unknownUser]);
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(whole.length), fc.string({ unit: "binary" }), (from, to, junk) => {
        const read = readDeliveryReport(whole.slice(0, from) + junk + whole.slice(to));
        for (const each of read.ok ? read.outcomes : []) {
          expect(`${each.recipient}${each.diagnostic}${each.messageId}`).not.toMatch(/\p{Cc}/u);
        }
      }),
    );
  });
});

test.each([
  [{ status: "5.1.1", diagnostic: null }, true],
  [{ status: "5.1.8", diagnostic: "bad sender" }, false],
  [{ status: "5.4.4", diagnostic: "host not found" }, true],
  [{ status: "5.3.4", diagnostic: "message too big" }, false],
  [{ status: "4.2.1", diagnostic: "no such user" }, false],
  [{ status: "5.5.0", diagnostic: "Requested action not taken: mailbox unavailable" }, true],
  [{ status: null, code: 550, diagnostic: "No such user" }, true],
  [{ status: null, code: 554, diagnostic: "Message rejected as spam" }, false],
  [{ status: null, code: 450, diagnostic: "No such user" }, false],
  [{ status: null, code: null, diagnostic: "No such user" }, false],
])("a refusal with %j is hard: %s", (refusal, isHard) => {
  expect(isHardRefusal(refusal)).toBe(isHard);
});
