/**
 * What stands around the text of a campaign's mail: the firm's name above; below it the answers to choose from, how to be taken
 * off, and who wrote. One column, system fonts, no picture, nothing to load. Styles are on the elements, as many programs
 * read no others; the style sheet adds what only some can do: a dark scheme.
 */
import { escaped, webAddress } from "~/features/campaigns/text/markup";
import { linkWords, LINK_LOOK } from "~/features/campaigns/text/markdown-html";
import { asValue } from "~/features/campaigns/text/merge-text";

/** What is the same in every mail of a campaign. */
export interface MailFrame {
  /** BCP 47: what the text is written in. */
  language: string;
  firmName: string;
  /** As on an envelope, without the name; the law of many countries asks for it. */
  postalAddress: readonly string[];
  /** The campaign's own words for its answers; null where there is no such answer. */
  words: { responded: string | null; converted: string | null };
}

/** Where one recipient answers: each a page that asks once more, since programs open links by themselves. */
export interface AnswerLinks {
  responded: string;
  converted: string;
  notForMe: string;
  unsubscribe: string;
}

/** A body, and what of the frame it has already. */
export interface FramedBody {
  body: string;
  hasResponseLink: boolean;
  hasUnsubscribeLink: boolean;
}

/** As the page of the answer calls it. */
const NOT_FOR_ME = "Not interested";
const BECAUSE = "You get this mail because your address is on our list.";
const NO_MORE = "Unsubscribe";

interface Answer {
  words: string;
  href: string;
  isMain: boolean;
}

/** The best answer first. An address that is none is left out: nobody is sent anywhere else. */
function answersOf({ words }: MailFrame, links: AnswerLinks): Answer[] {
  const offered = [
    { words: words.converted, href: links.converted },
    { words: words.responded, href: links.responded },
  ];
  const answers: Answer[] = [];
  for (const { words, href } of offered) {
    if (words && webAddress(href)) answers.push({ words: asValue(words), href, isMain: answers.length === 0 });
  }
  return answers;
}

/** Everything but the body's own words as plain text. */
export function framedText({ body, ...has }: FramedBody, frame: MailFrame, links: AnswerLinks): string {
  const answers = has.hasResponseLink ? [] : answersOf(frame, links);
  const notForMe = answers.length > 0 && webAddress(links.notForMe) ? [`${NOT_FOR_ME}:\n${links.notForMe}`] : [];
  const noMore = has.hasUnsubscribeLink || !webAddress(links.unsubscribe) ? [] : [`${NO_MORE}:\n${links.unsubscribe}`];
  const sender = [frame.firmName, ...frame.postalAddress].map(asValue).filter(Boolean).join("\n");
  const parts = [
    body,
    ...answers.map(({ words, href }) => `${words}:\n${href}`),
    ...notForMe,
    ["-- ", sender, "", BECAUSE, ...noMore].join("\n"),
  ];
  return `${parts.join("\n\n")}\n`;
}

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const BUTTON = "display:inline-block;margin:0 8px 12px 0;padding:11px 20px;border-radius:6px;font-weight:600";

function answersHtml(answers: readonly Answer[], links: AnswerLinks): string {
  if (answers.length === 0) return "";
  const buttons = answers.map(({ words, href, isMain }) => {
    const look = isMain
      ? "background:#0f5c4a;color:#ffffff;border:1px solid #0f5c4a"
      : "background:#ffffff;color:#0f5c4a;border:1px solid #0f5c4a";
    const name = isMain ? "main" : "second";
    return `<a class="${name}" href="${escaped(href)}" style="${BUTTON};${look};text-decoration:none">${escaped(words)}</a>`;
  });
  const notForMe = webAddress(links.notForMe)
    ? `<p lang="en-GB" style="margin:4px 0 0;font-size:14px"><a class="link" href="${escaped(links.notForMe)}" style="${LINK_LOOK}">${NOT_FOR_ME}</a></p>`
    : "";
  return `<div style="margin:28px 0 0">\n${buttons.join("\n")}\n${notForMe}\n</div>`;
}

function footerHtml(frame: MailFrame, unsubscribe: string | null): string {
  const address = frame.postalAddress.map((line) => `<br>${escaped(asValue(line))}`).join("");
  const noMore = unsubscribe
    ? `<a class="quiet" href="${escaped(unsubscribe)}" style="color:#5d594f;text-decoration:underline">${linkWords.unsubscribeLink}</a>`
    : "";
  return [
    `<div class="foot" style="margin:32px 0 0;padding:16px 0 0;border-top:1px solid #d9d4c7;color:#5d594f;font-size:13px;line-height:1.5">`,
    `<p style="margin:0 0 10px"><strong>${escaped(asValue(frame.firmName))}</strong>${address}</p>`,
    `<p lang="en-GB" dir="ltr" style="margin:0;text-align:start">${BECAUSE} ${noMore}</p>`,
    "</div>",
  ].join("\n");
}

const STYLES = `:root{color-scheme:light dark}
@media (prefers-color-scheme:dark){
.page{background:#161513!important}
.sheet{background:#211f1c!important;color:#ece8df!important;border-color:#3a372f!important}
.head,.foot,.quiet{color:#b5afa1!important;border-color:#3a372f!important}
.link{color:#7fd1b9!important}
.main{background:#7fd1b9!important;color:#10241e!important;border-color:#7fd1b9!important}
.second{background:#211f1c!important;color:#7fd1b9!important;border-color:#7fd1b9!important}
hr,blockquote{border-color:#4a463c!important}
}
@media (max-width:480px){.page{padding:0!important}.sheet{border:0!important;border-radius:0!important}}`;

/** A whole HTML document. @param subject of this recipient, as merged */
export function framedHtml(
  { body, ...has }: FramedBody,
  frame: MailFrame,
  { links, subject }: { links: AnswerLinks; subject: string },
): string {
  const language = escaped(frame.language);
  const direction = directionOf(frame.language);
  const around = `lang="${language}" dir="${direction}"`;
  return `<!doctype html>
<html ${around}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
<style>
${STYLES}
</style>
</head>
<body class="page" ${around} style="margin:0;padding:24px 12px;background:#f4f2ec;${FONT}">
<div class="sheet" role="article" ${around} style="max-width:600px;margin:0 auto;padding:28px 24px;box-sizing:border-box;background:#ffffff;color:#1c1b19;border:1px solid #e4e1d8;border-radius:8px;font-size:16px;line-height:1.55;overflow-wrap:break-word;text-align:start">
<p class="head" style="margin:0 0 20px;font-size:14px;font-weight:600;color:#5d594f">${escaped(asValue(frame.firmName))}</p>
${body}
${has.hasResponseLink ? "" : answersHtml(answersOf(frame, links), links)}
${footerHtml(frame, has.hasUnsubscribeLink ? null : webAddress(links.unsubscribe))}
</div>
</body>
</html>
`;
}

const leftward = new Set(["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"]);

/** Which way a language is written; what is no language is taken for English. */
function directionOf(language: string): "ltr" | "rtl" {
  try {
    return leftward.has(new Intl.Locale(language).maximize().script ?? "") ? "rtl" : "ltr";
  } catch (error) {
    if (error instanceof RangeError) return "ltr";
    throw error;
  }
}
