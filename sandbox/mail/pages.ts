/** The pages that show caught mails, and the same as JSON at `/mails.json`. */
import { type IncomingMessage, type ServerResponse } from "node:http";
import { type CaughtMail } from "./catcher";

const style = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #8886;vertical-align:top}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #8886;padding:1rem}
iframe{width:100%;height:32rem;border:1px solid #8886;background:#fff}dt{font-weight:bold}dd{margin:0 0 .5rem;overflow-wrap:anywhere}`;

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>${content}</main></body></html>`;
}

function listPage(mails: readonly CaughtMail[]): string {
  if (mails.length === 0) return page("Mails", "<p>None yet. What the demo mails to anybody is caught here.</p>");
  const lines = mails.map(
    ({ number, at, to, subject }) =>
      `<tr><td><a href="/mails/${number}">${escaped(subject || "(no subject)")}</a></td><td>${escaped(to.join(", "))}</td><td>${escaped(at.slice(0, 19).replace("T", " "))}</td></tr>`,
  );
  return page(
    "Mails",
    `<p>What the demo mails to anybody is caught here and goes no further. The newest is first; times are UTC.</p>
<table><thead><tr><th>Subject</th><th>To</th><th>When</th></tr></thead><tbody>${lines.join("")}</tbody></table>`,
  );
}

function mailPage({ number, at, from, toText, subject, text, headers }: CaughtMail): string {
  const facts = Object.entries({ From: headers.from?.replace(/^from:\s*/i, "") ?? from, To: toText, When: at });
  return page(
    subject || "(no subject)",
    `<p><a href="/">All mails</a></p>
<dl>${facts.map(([label, value]) => `<dt>${label}</dt><dd>${escaped(value)}</dd>`).join("")}</dl>
<h2>As text</h2><pre>${linked(text)}</pre>
<h2>As HTML</h2><iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mails/${number}/html" title="The mail as HTML"></iframe>`,
  );
}

/** Addresses in the text can be followed, as most mail programs let one. */
function linked(text: string): string {
  return escaped(text).replace(/https?:\/\/[^\s<&]+/g, (address) => `<a href="${address}">${address}</a>`);
}

type Reply = [status: number, type: string, content: string];

const htmlType = "text/html; charset=utf-8";

function replyTo(mails: readonly CaughtMail[], path: string): Reply {
  if (path === "/") return [200, htmlType, listPage(mails)];
  if (path === "/mails.json") return [200, "application/json; charset=utf-8", JSON.stringify(mails)];
  const [, number, html] = /^\/mails\/(\d+)(\/html)?$/.exec(path) ?? [];
  const mail = mails.find((each) => each.number === Number(number));
  if (!mail) return [404, htmlType, page("No such mail", '<p><a href="/">All mails</a></p>')];
  return [200, htmlType, html ? mail.html.replace("<head>", '<head><base target="_blank">') : mailPage(mail)];
}

/** A mail's own HTML runs nothing and loads nothing. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'self'; form-action 'none'";

export function answer(mails: readonly CaughtMail[], request: IncomingMessage, response: ServerResponse): void {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  const [status, type, content] =
    request.method === "GET" ? replyTo(mails, path) : ([405, "text/plain", "Only to look at"] satisfies Reply);
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Security-Policy": policy,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
  });
  response.end(content);
}
