/**
 * A mail's text as it is written: the simple part of Markdown (CommonMark), read once for all recipients. Fields are found
 * while it is read, so that a value, which is put in afterwards, has no part in what is a heading, a list or a link.
 *
 * There are no pictures: most programs do not load them unasked, and loading one tells when and where a mail was read. There is no
 * HTML either, and no code.
 */
import Markdown, { type MarkdownIt, type Token } from "markdown-it";
import { type Catalogue, isLinkField } from "~/features/campaigns/text/merge-fields";
import { parseText, readBraces, type Slot, type TextProblem } from "~/features/campaigns/text/parse-text";

export interface MarkdownText {
  tokens: readonly Token[];
  slots: readonly Slot[];
  problems: TextProblem[];
}

/** The kind of token that a field is. */
const SLOT = "slot";

export function slotOf(token: Token): Slot | null {
  return token.type === SLOT ? (token.meta as unknown as Slot) : null;
}

/** Deeper than anybody writes lists and quotations into each other. */
const MOST_LEVELS = 20;

export function readMarkdown(text: string, catalogue: Catalogue): MarkdownText {
  // NUL is what markdown-it itself replaces; a line's end is one character, so that lines are counted alike.
  const typed = text.replace(/\r\n?/g, "\n").replaceAll("\0", "\uFFFD");
  const tokens = reader(catalogue).parse(typed, {});
  const { problems, slotLines } = parseText(typed, catalogue);
  const slots = tokens.flatMap((token) => (token.children ?? []).flatMap((child) => slotOf(child) ?? []));
  return {
    tokens,
    slots,
    problems: [...problems, ...tokens.flatMap((token) => problemsIn(token, slotLines))].sort((a, b) => a.line - b.line),
  };
}

function reader(catalogue: Catalogue): MarkdownIt {
  const markdown = new Markdown("zero", { html: false, linkify: true, breaks: true, maxNesting: MOST_LEVELS });
  markdown.enable(["heading", "list", "blockquote", "hr"]);
  markdown.enable(["emphasis", "link", "autolink", "linkify", "escape", "entity", "newline"]);
  markdown.enable(["balance_pairs", "fragments_join"]);
  markdown.validateLink = (address) => /^(?:https?:\/\/[^/]|mailto:.)/i.test(address.trim());
  // "report.pl" is no link unless somebody says so; an address for mail is one.
  markdown.linkify.set({ fuzzyLink: false, fuzzyIP: false, fuzzyEmail: true });
  markdown.inline.ruler.before("escape", SLOT, (state, isSilent) => {
    if (!state.src.startsWith("{{", state.pos)) return false;
    const braces = readBraces(state.src, state.pos, catalogue);
    if (!isSilent && braces.kind === "slot") state.push(SLOT, "", 0).meta = { ...braces.slot };
    else if (!isSilent) state.pending += state.src.slice(state.pos, braces.end);
    state.pos = braces.end;
    return true;
  });
  return markdown;
}

/** What is written in Markdown and does not become what was meant. */
function problemsIn({ children, content, map }: Token, slotLines: readonly number[]): TextProblem[] {
  if (!children || !map) return [];
  const [start, end] = map;
  const problems: TextProblem[] = [];
  const picture = /!\[/.exec(content);
  if (picture) problems.push({ line: start + lines(content.slice(0, picture.index)), sentence: pictureSentence });
  const unmet = slotLines.filter((line) => line > start && line <= end);
  let line = start + 1;
  let linkDepth = 0;
  children.forEach((child, i) => {
    const slot = slotOf(child);
    const sentence = slot ? slotSentence(slot, linkDepth > 0) : textSentence(child, children[i + 1]);
    if (sentence) problems.push({ line, sentence });
    if (slot) unmet.splice(unmet.indexOf(line), 1);
    if (child.type.startsWith("link_")) linkDepth += child.nesting;
    if (child.tag === "br") line += 1;
  });
  return unmet[0] === undefined ? problems : [...problems, { line: unmet[0], sentence: inAddressSentence }];
}

function lines(text: string): number {
  return text.split("\n").length;
}

const pictureSentence =
  "Pictures are not put into mails: most programs do not show them unasked, and loading them tells when a mail was read. " +
  "If a link was meant, put a space between ! and [.";
const inAddressSentence = "A field cannot stand in the address of a link.";

function slotSentence({ field }: Slot, isInLink: boolean): string | null {
  return isInLink && isLinkField(field) ? "A link cannot stand within another link." : null;
}

function textSentence(child: Token, next: Token | undefined): string | null {
  if (child.type !== "text" || !child.content.includes("](")) return null;
  const slot = next && child.content.endsWith("](") ? slotOf(next) : null;
  if (!slot) return "The address of a link begins with https://, http:// or mailto: and has no spaces in it.";
  if (!isLinkField(slot.field)) return inAddressSentence;
  const name = slot.field === "responseLink" ? "response link" : "unsubscribe link";
  return `To give this link words of your own, write {{${name} | your words}}.`;
}
