/** A script as a caller reads it: the campaign's Markdown with this contact's values, as a tree that a page shows. Pure. */
import { type Token } from "markdown-it";
import { type FieldDefinition } from "~/features/contacts/custom/custom-field";
import { readMarkdown, slotOf } from "~/features/campaigns/text/markdown";
import { webAddress } from "~/features/campaigns/text/markup";
import { type Catalogue, mergeFields, type MergeValues } from "~/features/campaigns/text/merge-fields";
import { fill } from "~/features/campaigns/text/merge-text";

/** The elements that there are; a page's own headings stand above those of a script. */
const elements = {
  ...{ h1: "h3", h2: "h3", h3: "h4", h4: "h4", h5: "h4", h6: "h4", p: "p" },
  ...{ ul: "ul", ol: "ol", li: "li", blockquote: "blockquote", hr: "hr", br: "br", strong: "strong", em: "em", a: "a" },
} as const;
export type ScriptElement = (typeof elements)[keyof typeof elements];

export type ScriptPart =
  | { text: string }
  /** What nothing is known of, by the field's name. */
  | { unknown: string }
  | { element: ScriptElement; href: string | null; parts: ScriptPart[] };

/** @param own the account's own fields that are in use */
export function readScript(body: string, values: MergeValues, own: readonly FieldDefinition[]): ScriptPart[] {
  const catalogue = mergeFields(own, { withLinks: false });
  const tree = new Tree();
  for (const token of readMarkdown(body, catalogue).tokens) {
    if (token.type !== "inline") tree.add(token);
    else for (const child of token.children ?? []) addInline(tree, child, { values, catalogue });
  }
  return tree.root;
}

function addInline(tree: Tree, token: Token, { values, catalogue }: { values: MergeValues; catalogue: Catalogue }) {
  const slot = slotOf(token);
  if (!slot) return tree.add(token);
  const { text, isBlank } = fill(slot, values);
  const name = catalogue.fields.find(({ key }) => key === slot.field)?.name ?? "";
  tree.put(isBlank ? { unknown: name } : { text });
}

/** Where in the text one is. */
class Tree {
  readonly root: ScriptPart[] = [];
  private readonly open: ScriptPart[][] = [this.root];

  put(part: ScriptPart): void {
    this.open.at(-1)?.push(part);
  }

  add(token: Token): void {
    if (token.hidden) return;
    const element = elements[token.tag as keyof typeof elements] as ScriptElement | undefined;
    if (!element) return this.put({ text: token.content });
    if (token.nesting < 0) return void this.open.pop();
    const href = webAddress(String(token.attrGet("href") ?? ""));
    const parts: ScriptPart[] = [];
    this.put({ element, href, parts });
    if (token.nesting > 0) this.open.push(parts);
  }
}
