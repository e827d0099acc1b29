/** The pages of a stand-in: who one is, what one agrees to, and taking it back. */

import { scopeWords } from "./scope-words";

const style = `:root{color-scheme:light dark;--ink:light-dark(#1c1b19,#eceae4);--quiet:light-dark(#5c584f,#b3aea2);--line:light-dark(#ddd9cf,#3b3933);--link:light-dark(#1d5c52,#8fd0c2)}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem;color:var(--ink);background:light-dark(#f6f4ee,#191816);overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25}p{color:var(--quiet)}
form{background:light-dark(#fff,#211f1c);border:1px solid var(--line);border-radius:8px;padding:1rem;margin:1rem 0}
label{display:block;padding:.375rem 0}small{display:block;padding-left:1.5rem;color:var(--quiet)}
button{font:inherit;padding:.5rem 1rem;margin:.5rem .5rem 0 0;border:1px solid var(--line);border-radius:6px;cursor:pointer;background:none;color:inherit}
button.primary{background:var(--link);color:light-dark(#fff,#191816);border-color:transparent}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}`;

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>${content}</main></body></html>`;
}

export function signInPage(title: string, people: readonly string[]): string {
  const choices = people.map(
    (person, index) =>
      `<label><input type="radio" name="login" value="${escaped(person)}"${index === 0 ? " checked" : ""}> ${escaped(person)}</label>`,
  );
  return page(
    `Sign in to ${title}`,
    `<p>This stands in for ${escaped(title)}: nothing leaves this machine.</p>
<form method="post">${choices.join("")}<button class="primary">Sign in</button></form>`,
  );
}

export function consentPage(title: string, person: string, scopes: readonly string[]): string {
  const boxes = scopes.map(
    (scope) =>
      `<label><input type="checkbox" name="scope" value="${escaped(scope)}" checked> ${inWords(scope)}</label>`,
  );
  return page(
    `Tallybook wants to use your ${title} account`,
    `<p>Signed in as ${escaped(person)}. It asks for:</p>
<form method="post">${boxes.join("")}<button class="primary" name="answer" value="agree">Allow</button><button name="answer" value="cancel">Cancel</button></form>`,
  );
}

/** With what it is called there: that is what Tallybook's own page names, too. */
function inWords(scope: string): string {
  const words = scopeWords(scope);
  return words === null ? escaped(scope) : `${escaped(words)}<small>${escaped(scope)}</small>`;
}

export function refusalPage(title: string, reason: string): string {
  return page(`${title} refused`, `<p>${escaped(reason)}</p>`);
}

export function accessPage(title: string, people: ReadonlySet<string>): string {
  const forms = [...people].map(
    (person) =>
      `<form method="post" action="/access/removal"><input type="hidden" name="login" value="${escaped(person)}">${escaped(person)} gave Tallybook access.<br><button>Take the access back</button></form>`,
  );
  return page(
    `${title}: apps with access`,
    forms.length > 0 ? forms.join("") : `<p>Nobody has given Tallybook access to their ${escaped(title)} account.</p>`,
  );
}
