/** The pages that show caught mails, and the same as JSON at `/mails.json`. */
import { type IncomingMessage, type ServerResponse } from "node:http";
import { type CaughtMail } from "./catcher";

/** Of these pages alone: they stand beside the site and share nothing with it. */
const style = `:root{color-scheme:light dark;--ink:light-dark(#1c1b19,#eceae4);--quiet:light-dark(#5c584f,#b3aea2);--line:light-dark(#ddd9cf,#3b3933);--paper:light-dark(#fff,#211f1c);--link:light-dark(#1d5c52,#8fd0c2)}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:var(--ink);background:light-dark(#f6f4ee,#191816);overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.0625rem;margin-top:1.5rem}
a{color:var(--link);text-underline-offset:.15em}a:hover{text-decoration-thickness:2px}
a:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.mails{list-style:none;margin:1.25rem 0;padding:0;background:var(--paper);border:1px solid var(--line);border-radius:8px}
.mails li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.125rem 1rem;padding:.75rem 1rem}
.mails li+li{border-top:1px solid var(--line)}
.mails a{font-weight:600}.mails span,.mails time{color:var(--quiet);font-size:.875rem}
.mails span{grid-row:2}.mails time{white-space:nowrap;padding-top:.15rem}
@media(max-width:40rem){.mails li{grid-template-columns:minmax(0,1fr)}.mails span{grid-row:auto}}
pre{white-space:pre-wrap;font:inherit;background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:1rem}
iframe{width:100%;height:32rem;border:1px solid var(--line);border-radius:8px;background:#fff}
dt{color:var(--quiet);font-size:.875rem}dd{margin:0 0 .5rem}`;

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
      `<li><a href="/mails/${number}">${escaped(subject || "(no subject)")}</a><span>To ${escaped(to.join(", "))}</span><time datetime="${escaped(at)}">${escaped(at.slice(0, 19).replace("T", " "))}</time></li>`,
  );
  return page(
    "Mails",
    `<p>What the demo mails to anybody is caught here and goes no further. The newest is first; times are UTC.</p>
<ul class="mails">${lines.join("")}</ul>`,
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

/** Addresses in the text can be followed, as most mail programs let one; a stop or a bracket behind one is none of it. */
function linked(text: string): string {
  return escaped(text).replace(
    /https?:\/\/(?:&amp;|[^\s<&])*(?:&amp;|[^\s<&).,;:!?])/g,
    (address) => `<a href="${address}">${address}</a>`,
  );
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
