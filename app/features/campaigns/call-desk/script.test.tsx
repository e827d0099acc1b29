import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { readScript } from "~/features/campaigns/call-desk/script";
import { TreeText } from "~/features/campaigns/text/tree-text";
import { type MergeValues } from "~/features/campaigns/text/merge-fields";

function shown(body: string, values: MergeValues = {}): string {
  const html = renderToStaticMarkup(<TreeText parts={readScript(body, values, [])} />);
  return html.replace('<div class="script">', "").replace(/<\/div>$/, "");
}

test("a script is read as its Markdown, below the page's own headings", () => {
  expect(shown("# Good morning\n\nThis is **Ann**.\nA *word*?\n\n1. One\n2. Two\n\n---\n\n> Quoted")).toBe(
    "<h3>Good morning</h3><p>This is <strong>Ann</strong>.<br/>A <em>word</em>?</p><ol><li>One</li><li>Two</li></ol><hr/><blockquote><p>Quoted</p></blockquote>",
  );
});

test("what is known of the contact stands in its place, what is not known is told", () => {
  const body = "May I speak to {{full name}} of {{company}} in {{city | your town}}?";
  expect(shown(body, { fullName: "Folasade Adebayo" })).toBe(
    '<p>May I speak to Folasade Adebayo of <mark class="unknown">company not known</mark> in your town?</p>',
  );
});

test("neither a name nor a link makes anything else of the page", () => {
  expect(shown("{{first name}}", { firstName: "**Ann** <b>[x](https://evil.example)" })).toBe(
    "<p>**Ann** &lt;b&gt;[x](https://evil.example)</p>",
  );
  expect(shown("<script>alert(1)</script>")).toBe("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
  expect(shown("[terms](https://brandt.example/terms)")).toBe(
    '<p><a href="https://brandt.example/terms" rel="noopener noreferrer nofollow">terms</a></p>',
  );
  expect(shown("[press](javascript:alert(1))")).not.toContain("href");
});
