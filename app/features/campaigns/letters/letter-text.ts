/** A letter's text: Markdown read once, then merged for each recipient into paragraphs that are drawn or shown. Pure. */
import { type Token } from "markdown-it";
import { type MarkdownText, readMarkdown, slotOf } from "~/features/campaigns/text/markdown";
import { isLinkField, mergeFields, type MergeFieldKey, type MergeValues } from "~/features/campaigns/text/merge-fields";
import { asValue, blankIn, fill } from "~/features/campaigns/text/merge-text";
import { type Slot, type TextProblem } from "~/features/campaigns/text/parse-text";

interface Look {
  bold: boolean;
  slanted: boolean;
}

/** Words in one look; a line break in them is kept. */
export interface Span extends Look {
  text: string;
}

type TemplateSpan = Look & ({ text: string } | { slot: Slot });

interface Place {
  kind: "paragraph" | "heading" | "rule";
  /** How many lists and quotations it stands in. */
  depth: number;
  /** What stands before its first line: "1." or "•". */
  marker: string | null;
  isQuoted: boolean;
  /** It follows without a space: a point of a list without empty lines. */
  isClose: boolean;
}

export interface Block extends Place {
  spans: Span[];
}

interface TemplateBlock extends Place {
  spans: TemplateSpan[];
}

export interface LetterTemplate {
  blocks: readonly TemplateBlock[];
  slots: readonly Slot[];
  /** A text with any is not printed. */
  problems: readonly TextProblem[];
  /** It greets by itself, so nothing is put before it. */
  greets: boolean;
}

/** @param own the account's own fields that are in use */
export function readLetter(body: string, own: readonly { id: string; name: string }[]): LetterTemplate {
  const markdown = readMarkdown(body, mergeFields(own, { withLinks: true }));
  const blocks = blocksOf(markdown);
  return { blocks, slots: markdown.slots, problems: markdown.problems, greets: greets(blocks) };
}

const LONGEST_GREETING = 60;

/**
 * The first paragraph below its headings has the salutation in it, or is a short line that ends as greetings do: "Dear
 * friends,".
 */
function greets(blocks: readonly TemplateBlock[]): boolean {
  const first = blocks.find(({ kind }) => kind !== "heading");
  if (!first || first.kind !== "paragraph") return false;
  if (first.spans.some((span) => "slot" in span && span.slot.field === "salutation")) return true;
  const text = first.spans.map((span) => ("text" in span ? span.text : "")).join("");
  return text.length <= LONGEST_GREETING && /[,!:،，]$/.test(text.trim());
}

function blocksOf({ tokens }: MarkdownText): TemplateBlock[] {
  const blocks: TemplateBlock[] = [];
  const walk = new Walk();
  for (const token of tokens) {
    if (token.type === "inline") blocks.push(walk.block(spansOf(token.children ?? [])));
    else if (token.type === "hr") blocks.push({ ...walk.block([]), kind: "rule" });
    else walk.pass(token);
  }
  return blocks;
}

/** Where in lists and quotations a token stands. */
class Walk {
  /** The number of each open list's next point; null where points have none. */
  private readonly lists: { next: number | null }[] = [];
  private quotes = 0;
  private marker: string | null = null;
  private isHeading = false;
  private isClose = false;
  /** The next point is the first of a list that stands in no other. */
  private beginsList = false;

  pass({ type, ...token }: Token): void {
    if (type === "heading_open") this.isHeading = true;
    else if (type === "paragraph_open") this.isClose = token.hidden;
    else if (type === "bullet_list_open") this.openList(null);
    else if (type === "ordered_list_open") this.openList(startOf(token.attrs));
    else if (type.endsWith("_list_close")) this.lists.pop();
    else if (type === "list_item_open") this.openPoint();
    else if (type === "blockquote_open") this.quotes += 1;
    else if (type === "blockquote_close") this.quotes -= 1;
  }

  block(spans: TemplateSpan[]): TemplateBlock {
    const { marker, isHeading, isClose } = this;
    const isNear = isClose && !this.beginsList;
    const place = { depth: this.lists.length + this.quotes, isQuoted: this.quotes > 0, marker, isClose: isNear };
    this.marker = null;
    this.isHeading = false;
    this.isClose = false;
    this.beginsList = false;
    return { ...place, kind: isHeading ? "heading" : "paragraph", spans };
  }

  private openList(next: number | null): void {
    this.beginsList = this.lists.length === 0;
    this.lists.push({ next });
  }

  private openPoint(): void {
    const list = this.lists.at(-1);
    this.marker = list?.next == null ? "•" : `${list.next}.`;
    if (list?.next != null) list.next += 1;
  }
}

function startOf(attributes: Token["attrs"]): number {
  return Number(attributes?.find(([name]) => name === "start")?.[1] ?? 1);
}

function spansOf(children: readonly Token[]): TemplateSpan[] {
  const spans: TemplateSpan[] = [];
  const depth = { bold: 0, slanted: 0 };
  let href = "";
  let linkStart = 0;
  for (const token of children) {
    const look = { bold: depth.bold > 0, slanted: depth.slanted > 0 };
    const slot = slotOf(token);
    if (slot) spans.push({ slot, ...look });
    else if (token.tag === "br") spans.push({ text: "\n", ...look });
    else if (token.tag === "strong") depth.bold += token.nesting;
    else if (token.tag === "em") depth.slanted += token.nesting;
    else if (token.type === "link_open") [href, linkStart] = [String(token.attrGet("href") ?? ""), spans.length];
    else if (token.type === "link_close") spans.push(...addressAfter(href, spans.slice(linkStart), look));
    else if (token.content !== "") spans.push({ text: token.content, ...look });
  }
  return spans;
}

/** "text (address)", as nobody presses a link on paper; nothing where the text is the address. */
function addressAfter(href: string, shown: readonly TemplateSpan[], look: Look): TemplateSpan[] {
  const words = shown.map((span) => ("text" in span ? span.text : "")).join("");
  const address = href.replace(/^mailto:/i, "");
  const bare = address.replace(/^https?:\/\//i, "");
  return [href, address, bare].includes(words) ? [] : [{ text: ` (${address})`, ...look }];
}

/** What a link of ours says on paper: where it leads is in the code beside it. */
const onPaper = { responseLink: "the code below", unsubscribeLink: "the code below" } as const;

export interface MergedLetter {
  blocks: Block[];
  /** What is not known of this recipient and has no other words. */
  blank: MergeFieldKey[];
}

/** For one recipient. A block of which nothing is left is left out. */
export function mergeLetter({ blocks, slots }: LetterTemplate, values: MergeValues): MergedLetter {
  const merged = blocks.map(({ spans, ...place }) => ({
    ...place,
    spans: joined(spans.map((span) => merge(span, values))),
  }));
  return {
    blocks: merged.filter(({ kind, spans }) => kind === "rule" || spans.some(({ text }) => text.trim() !== "")),
    blank: blankIn(
      slots.filter(({ field }) => !isLinkField(field)),
      values,
    ),
  };
}

function merge(span: TemplateSpan, values: MergeValues): Span {
  const { bold, slanted } = span;
  if ("text" in span) return { text: span.text, bold, slanted };
  const { field, otherwise } = span.slot;
  const text = isLinkField(field) ? asValue(otherwise ?? "") || onPaper[field] : fill(span.slot, values).text;
  return { text, bold, slanted };
}

/** Neighbours of one look as one, so that a line of one look is set as a whole. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (span.text === "") continue;
    if (last && last.bold === span.bold && last.slanted === span.slanted) last.text += span.text;
    else result.push({ ...span });
  }
  return result;
}
