/** What arrived in the channel, for a person to look at. */
import { type SlackMessage } from "./slack";

/** Of this page alone: it stands beside the site and shares nothing with it. */
const style = `:root{color-scheme:light dark;--quiet:light-dark(#5c584f,#b3aea2);--line:light-dark(#ddd9cf,#3b3933);--paper:light-dark(#fff,#211f1c)}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:light-dark(#1c1b19,#eceae4);background:light-dark(#f6f4ee,#191816);overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.0625rem;margin-top:1.5rem}a{color:light-dark(#1d5c52,#8fd0c2)}
ol,ul{list-style:none;margin:1rem 0;padding:0;background:var(--paper);border:1px solid var(--line);border-radius:8px}
li{padding:.75rem 1rem}li+li{border-top:1px solid var(--line)}time{color:var(--quiet);font-size:.875rem}p{margin:0;white-space:pre-wrap}
body>main>p{margin:1rem 0}`;

/** Slack's entities are HTML's; nothing else of a message is taken for HTML. */
function shown(text: string): string {
  const escaped = text
    .replace(/&(?!(?:amp|lt|gt);)/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
  return escaped.replace(/https?:\/\/[^\s<"]+/g, (address) => `<a href="${address.replace(/"/g, "")}">${address}</a>`);
}

export function slackPage(messages: readonly SlackMessage[], addresses: readonly string[]): string {
  const lines = messages.map(
    ({ at, text }) =>
      `<li><p>${shown(text)}</p><time datetime="${at}">${at.slice(0, 19).replace("T", " ")}</time></li>`,
  );
  const list = lines.length === 0 ? "<p>None yet.</p>" : `<ol>${lines.join("")}</ol>`;
  return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Messages</title><style>${style}</style></head><body><main><h1>Messages</h1>
<p>What the demo tells a channel arrives here and goes no further. The newest is first; times are UTC.</p>${list}
<h2>Addresses to try</h2><p>The first takes what it is told, each other one refuses it in its way.</p>
<ul>${addresses.map((address) => `<li><code>${address}</code></li>`).join("")}</ul></main></body></html>`;
}
