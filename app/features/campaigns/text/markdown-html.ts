/** A text in Markdown as HTML for mail programs: few elements, each with its style on it. Pure. */
import { type Token } from "markdown-it";
import { type MarkdownText, slotOf } from "~/features/campaigns/text/markdown";
import { escaped, webAddress } from "~/features/campaigns/text/markup";
import { isLinkField, type LinkField, type MergeValues } from "~/features/campaigns/text/merge-fields";
import { asValue, fill } from "~/features/campaigns/text/merge-text";
import { type Slot } from "~/features/campaigns/text/parse-text";

/** HTML that is the same for all recipients, or the place of a field. */
type HtmlPiece = string | { slot: Slot; inLink: boolean };

export type HtmlTemplate = readonly HtmlPiece[];

/** How a link of ours is called where the text gives it no words. */
export const linkWords: Record<LinkField, string> = { responseLink: "Answer here", unsubscribeLink: "Unsubscribe" };

const looks: Record<string, string> = {
  p: "margin:0 0 16px",
  h1: "margin:24px 0 12px;font-size:24px;line-height:1.25",
  h2: "margin:24px 0 12px;font-size:20px;line-height:1.3",
  h3: "margin:20px 0 8px;font-size:17px;line-height:1.4",
  ul: "margin:0 0 16px;padding:0 24px",
  ol: "margin:0 0 16px;padding:0 24px",
  li: "margin:0 0 6px",
  blockquote: "margin:0 0 16px;padding:0 16px;border-left:3px solid #b9b3a3;border-right:0",
  hr: "margin:24px 0;border:0;border-top:1px solid #d9d4c7",
};
export const LINK_LOOK = "color:#0f5c4a;text-decoration:underline";

/** Made once for a campaign. */
export function htmlTemplate({ tokens }: MarkdownText): HtmlTemplate {
  const pieces: HtmlPiece[] = [];
  for (const token of tokens) {
    if (token.type === "inline") pieces.push(...inlinePieces(token.children ?? []));
    else if (!token.hidden) pieces.push(blockTag(token));
  }
  return joined(pieces);
}

/** Headings of a mail are three sizes; what a writer marks smaller is the smallest. */
function blockTag(token: Token): string {
  const tag = /^h[4-6]$/.test(token.tag) ? "h3" : token.tag;
  if (token.nesting < 0) return `</${tag}>\n`;
  const look = looks[tag];
  const start = token.attrGet("start");
  const from = start === null ? "" : ` start="${escaped(String(start))}"`;
  return `<${tag}${from}${look ? ` style="${look}"` : ""}>${token.nesting === 0 ? "\n" : ""}`;
}

function inlinePieces(children: readonly Token[]): HtmlPiece[] {
  let inLink = false;
  return children.map((token): HtmlPiece => {
    const slot = slotOf(token);
    if (slot) return { slot, inLink };
    if (token.type === "link_open") inLink = true;
    if (token.type === "link_close") inLink = false;
    return inlineHtml(token);
  });
}

const inlineElements = new Set(["strong", "em"]);

function inlineHtml(token: Token): string {
  if (token.type === "link_open") {
    return `<a class="link" href="${escaped(String(token.attrGet("href") ?? ""))}" style="${LINK_LOOK}">`;
  }
  if (token.type === "link_close") return "</a>";
  if (token.tag === "br") return "<br>\n";
  if (inlineElements.has(token.tag)) return token.nesting < 0 ? `</${token.tag}>` : `<${token.tag}>`;
  return escaped(token.content);
}

function joined(pieces: readonly HtmlPiece[]): HtmlPiece[] {
  const result: HtmlPiece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === "string" && typeof last === "string") result[result.length - 1] = last + piece;
    else result.push(piece);
  }
  return result;
}

/** For one recipient. */
export function mergeHtml(template: HtmlTemplate, values: MergeValues): string {
  return template.map((piece) => (typeof piece === "string" ? piece : slotHtml(piece, values))).join("");
}

/** A value is isolated, so that a name written from right to left does not turn round what follows it (UAX 9). */
function slotHtml({ slot, inLink }: Exclude<HtmlPiece, string>, values: MergeValues): string {
  if (isLinkField(slot.field)) {
    const address = webAddress(values[slot.field]);
    const words = escaped(asValue(slot.otherwise ?? "") || linkWords[slot.field]);
    if (!address || inLink) return words;
    return `<a class="link" href="${escaped(address)}" style="${LINK_LOOK}">${words}</a>`;
  }
  const { text } = fill(slot, values);
  return text === "" ? "" : `<bdi>${escaped(text)}</bdi>`;
}
