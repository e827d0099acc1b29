/** A text in Markdown as plain text, for programs and people that read no HTML. Pure. */
import { type Token } from "markdown-it";
import { type MarkdownText, slotOf } from "~/features/campaigns/text/markdown";
import { linkWords } from "~/features/campaigns/text/markdown-html";
import { webAddress } from "~/features/campaigns/text/markup";
import { isLinkField, type MergeValues } from "~/features/campaigns/text/merge-fields";
import { asValue, fill } from "~/features/campaigns/text/merge-text";
import { isSlot, type Piece, type Slot } from "~/features/campaigns/text/parse-text";

/** One paragraph, heading or point of a list. */
interface Block {
  /** What its first line begins with, and the others. */
  first: string;
  rest: string;
  pieces: Piece[];
  underline: "=" | "-" | null;
  /** It stands in a list without empty lines. */
  isClose: boolean;
  /** A list ended before it. */
  isAfterList: boolean;
}

export type TextTemplate = readonly Block[];

/** In characters, as mails have been written since there was mail. */
const LINE_WIDTH = 76;

/** Made once for a campaign. */
export function textTemplate({ tokens }: MarkdownText): TextTemplate {
  const blocks: Block[] = [];
  const walk = new Walk();
  for (const token of tokens) {
    if (token.type === "inline") blocks.push(walk.block(inlinePieces(token.children ?? [])));
    else if (token.type === "hr") blocks.push({ ...walk.block([{ words: "* * *" }]), underline: null });
    else walk.pass(token);
  }
  return blocks;
}

interface List {
  /** The number of the next point; null where points have none. */
  next: number | null;
}

/** Where in lists and quotations a token stands. */
class Walk {
  /** What each level puts before its lines. */
  private readonly levels: string[] = [];
  private readonly lists: List[] = [];
  private marker: string | null = null;
  private underline: Block["underline"] = null;
  private isClose = false;
  private isAfterList = false;

  pass(token: Token): void {
    const { type } = token;
    if (type === "heading_open") this.underline = underlines[token.tag] ?? null;
    if (type === "paragraph_open") this.isClose = token.hidden;
    if (type.endsWith("_list_open")) this.lists.push({ next: startOf(token) });
    if (type.endsWith("_list_close")) this.closeList();
    if (type === "blockquote_open") this.levels.push("> ");
    if (type === "list_item_open") this.openPoint();
    if (type === "blockquote_close" || type === "list_item_close") this.levels.pop();
  }

  block(pieces: Piece[]): Block {
    const rest = this.levels.join("");
    const first = this.marker === null ? rest : this.levels.slice(0, -1).join("") + this.marker;
    const { underline, isClose, isAfterList } = this;
    this.marker = null;
    this.underline = null;
    this.isClose = false;
    this.isAfterList = false;
    return { first, rest, pieces, underline, isClose, isAfterList };
  }

  private closeList(): void {
    this.lists.pop();
    this.isAfterList = this.lists.length === 0;
  }

  private openPoint(): void {
    const list = this.lists.at(-1);
    this.marker = list?.next == null ? "- " : `${list.next}. `;
    if (list?.next != null) list.next += 1;
    this.levels.push(" ".repeat(this.marker.length));
  }
}

function startOf(list: Token): number | null {
  return list.type === "ordered_list_open" ? Number(list.attrGet("start") ?? 1) : null;
}

const underlines: Record<string, Block["underline"]> = { h1: "=", h2: "-" };

function inlinePieces(children: readonly Token[]): Piece[] {
  const pieces: Piece[] = [];
  let href = "";
  let linkStart = 0;
  for (const token of children) {
    const slot = slotOf(token);
    if (slot) pieces.push(slot);
    else if (token.tag === "br") pieces.push({ words: "\n" });
    else if (token.type === "text" || token.type === "text_special") pieces.push({ words: token.content });
    else if (token.type === "link_open") [href, linkStart] = [String(token.attrGet("href") ?? ""), pieces.length];
    else if (token.type === "link_close" && token.info !== "auto") {
      pieces.push(...addressAfter(href, pieces.slice(linkStart)));
    }
  }
  return pieces;
}

/**
 * "text <address>", unless the text is the address. In angle brackets (RFC 3986, appendix C), because many programs take a
 * round one behind an address for part of it.
 */
function addressAfter(href: string, shown: readonly Piece[]): Piece[] {
  const words = shown.map((piece) => (isSlot(piece) ? "" : piece.words)).join("");
  const address = href.replace(/^mailto:/i, "");
  return words === href || words === address ? [] : [{ words: ` <${address}>` }];
}

/** For one recipient; ends without a line break. */
export function mergePlain(template: TextTemplate, values: MergeValues): string {
  return template
    .map((block, i) => {
      const isClose = block.isClose && template[i - 1]?.isClose && !block.isAfterList;
      return (i === 0 ? "" : isClose ? "\n" : "\n\n") + blockText(block, values);
    })
    .join("");
}

function blockText({ first, rest, pieces, underline }: Block, values: MergeValues): string {
  const text = pieces.map((piece) => (isSlot(piece) ? slotText(piece, values) : piece.words)).join("");
  const lines = text.split("\n").flatMap((line) => wrapped(line, LINE_WIDTH - rest.length));
  const under = underline ? [underline.repeat(Math.max(1, ...lines.map((line) => line.length)))] : [];
  return [...lines, ...under].map((line, i) => ((i === 0 ? first : rest) + line).trimEnd()).join("\n");
}

function slotText(slot: Slot, values: MergeValues): string {
  if (!isLinkField(slot.field)) return fill(slot, values).text;
  const address = webAddress(values[slot.field]);
  const words = asValue(slot.otherwise ?? "") || linkWords[slot.field];
  return address ? `${words} <${address}>` : words;
}

/** Broken at spaces only: an address stays whole, however long. */
function wrapped(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ").filter((word) => word !== "")) {
    if (current !== "" && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else current = current === "" ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
