import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { asTyped } from "~/features/campaigns/text/text-tree";
import { TreeText } from "~/features/campaigns/text/tree-text";

const shown = (body: string) => renderToStaticMarkup(<TreeText parts={asTyped(body)} />);

test("a campaign's text is shown as it will look, its fields as they are typed", () => {
  expect(shown("# A word\n\nDear {{first name | friend}},\nis **{{Fee scale}}** right?\n\n- {{response link}}")).toBe(
    '<div class="script"><h3>A word</h3><p>Dear {{first name | friend}},<br/>is <strong>{{Fee scale}}</strong> right?</p>' +
      "<ul><li>{{response link}}</li></ul></div>",
  );
});

test("what is typed as HTML is text, and a link that runs something is none", () => {
  expect(shown("<img src=x onerror=alert(1)>")).toContain("<p>&lt;img src=x onerror=alert(1)&gt;</p>");
  expect(shown("[press](javascript:alert(1))")).not.toContain("href");
});
