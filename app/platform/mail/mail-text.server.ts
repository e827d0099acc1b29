/** A mail as text and as HTML, both from one description: no images, nothing to load, nothing that needs a style sheet. */
import { type MailBody } from "~/platform/mail/write-mail.server";

/** What the body is put into. */
export interface Around {
  toName: string | null;
  subject: string;
  /** Scheme, host and port that links begin with. */
  appOrigin: string;
}

function greeting({ toName }: Around): string {
  return toName ? `Hello ${toName},` : "Hello,";
}

/** Plain text: paragraphs apart, the link's address on a line of its own. */
export function mailText(body: MailBody, around: Around): string {
  const link = body.link ? [`${body.link.label}:\n${around.appOrigin}${body.link.path}`] : [];
  const parts = [
    greeting(around),
    ...body.paragraphs,
    ...link,
    ...(body.afterLink ?? []),
    body.signedBy ?? "Tallybook",
  ];
  return `${parts.join("\n\n")}\n`;
}

function escaped(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

const paragraph = (html: string) => `<p style="margin:0 0 16px">${html}</p>`;
const text = (plain: string) => paragraph(escaped(plain).replace(/\n/g, "<br>"));

/** A link that looks like a button, and under it its address in full, for whoever cannot press it. */
function button(label: string, href: string): string {
  const look =
    "display:inline-block;padding:10px 18px;border-radius:6px;background:#0f5c4a;color:#ffffff;font-weight:bold";
  const address = escaped(href);
  return (
    paragraph(`<a href="${address}" style="${look};text-decoration:none">${escaped(label)}</a>`) +
    paragraph(`Or open this address: <a href="${address}" style="color:#0f5c4a;word-break:break-all">${address}</a>`)
  );
}

/** HTML with its styles on the elements, as mail programs want it. */
export function mailHtml(body: MailBody, around: Around): string {
  const parts = [
    text(greeting(around)),
    ...body.paragraphs.map(text),
    body.link ? button(body.link.label, `${around.appOrigin}${body.link.path}`) : "",
    ...(body.afterLink ?? []).map(text),
    text(body.signedBy ?? "Tallybook"),
  ];
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light">
<title>${escaped(around.subject)}</title>
</head>
<body style="margin:0;padding:24px;background:#faf9f6;color:#1c1b19;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:560px;margin:0 auto">
${parts.join("\n")}
</div>
</body>
</html>
`;
}
