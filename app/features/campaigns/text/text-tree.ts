/** A text in Markdown as a tree that a page of ours shows: its own elements, nothing that was typed is HTML. Pure. */
import { type Token } from "markdown-it";
import { readMarkdown, slotOf } from "~/features/campaigns/text/markdown";
import { webAddress } from "~/features/campaigns/text/markup";
import { type Catalogue } from "~/features/campaigns/text/merge-fields";
import { type Slot } from "~/features/campaigns/text/parse-text";

/** The elements that there are; a page's own headings stand above those of the text. */
const elements = {
  ...{ h1: "h3", h2: "h3", h3: "h4", h4: "h4", h5: "h4", h6: "h4", p: "p" },
  ...{ ul: "ul", ol: "ol", li: "li", blockquote: "blockquote", hr: "hr", br: "br", strong: "strong", em: "em", a: "a" },
} as const;
type TextElement = (typeof elements)[keyof typeof elements];

export type TextPart =
  | { text: string }
  /** What nothing is known of, by the field's name. */
  | { unknown: string }
  | { element: TextElement; href: string | null; parts: TextPart[] };

/** @param put what stands in the place of a field */
export function textTree(body: string, catalogue: Catalogue, put: (slot: Slot) => TextPart): TextPart[] {
  const tree = new Tree();
  for (const token of readMarkdown(body, catalogue).tokens) {
    if (token.type !== "inline") tree.add(token);
    else {
      for (const child of token.children ?? []) {
        const slot = slotOf(child);
        if (slot) tree.put(put(slot));
        else tree.add(child);
      }
    }
  }
  return tree.root;
}

const noFields: Catalogue = { fields: [], find: () => null, nearest: () => null };

/** For whoever looks at the campaign itself: its fields stand there as they are typed. */
export function asTyped(body: string): TextPart[] {
  return textTree(body, noFields, ({ field }) => ({ text: field }));
}

/** Where in the text one is. */
class Tree {
  readonly root: TextPart[] = [];
  private readonly open: TextPart[][] = [this.root];

  put(part: TextPart): void {
    this.open.at(-1)?.push(part);
  }

  add(token: Token): void {
    if (token.hidden) return;
    const element = elements[token.tag as keyof typeof elements] as TextElement | undefined;
    if (!element) return this.put({ text: token.content });
    if (token.nesting < 0) return void this.open.pop();
    const href = webAddress(String(token.attrGet("href") ?? ""));
    const parts: TextPart[] = [];
    this.put({ element, href, parts });
    if (token.nesting > 0) this.open.push(parts);
  }
}
