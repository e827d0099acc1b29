/** Mails that came back, as mail servers write them. */

interface Bounce {
  /** As our own mail was called, with its brackets. */
  messageId: string;
  to: string;
  /** Who it could not be given to in the end: behind an alias somebody else. */
  final?: string;
}

/** A delivery status as Postfix sends it (RFC 3464), with the head of the mail that came back. */
export const deliveryStatus = ({
  messageId,
  to,
  final = to,
}: Bounce) => `From: Mail Delivery System <MAILER-DAEMON@mx.orchard.example>
To: tallybook@hale-partners.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="9A1F.1/mx.orchard.example"

--9A1F.1/mx.orchard.example
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

<${final}>: host mail.orchard.example said: 550 5.1.1 No such mailbox here

--9A1F.1/mx.orchard.example
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.orchard.example

Final-Recipient: rfc822; ${final}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such mailbox here

--9A1F.1/mx.orchard.example
Content-Type: text/rfc822-headers

Message-ID: ${messageId}
To: ${to}

--9A1F.1/mx.orchard.example--
`;

/** What Exim writes when a mailbox is full: words only, copied out of a mail program. */
export const fullMailbox = ({ messageId, to }: Bounce) => `Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its recipients. This is a permanent error. The following address(es) failed:

  ${to}
    host mx.orchard.example: 552 5.2.2 Mailbox full

--- The header of the original message is following. ---

Message-ID: ${messageId}
`;
