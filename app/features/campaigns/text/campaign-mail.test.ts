import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMail, writeMail } from "~/features/campaigns/text/campaign-mail";
import { escaped } from "~/features/campaigns/text/markup";
import { asValue } from "~/features/campaigns/text/merge-text";

const frame = {
  language: "en-GB",
  firmName: "Brandt Holzbau GmbH",
  postalAddress: ["Hafenstraße 12", "89073 Ulm", "Germany"],
  words: { responded: "I would like to know more", converted: "I will come" },
};
const page = "https://post.example/r/abc";
const links = {
  page,
  responded: `${page}?answer=responded`,
  converted: `${page}?answer=converted&x=1`,
  notForMe: `${page}?answer=not-interested`,
  unsubscribe: "https://post.example/u/abc",
};

function read(body: string, subject = "Open day") {
  return readMail({ subject, body }, []);
}

function written(body: string, values = {}) {
  return writeMail(read(body), frame, { values, links });
}

/** What stands between the head and the answers. */
function bodyOf(html: string): string {
  return /<p class="head"[^>]*>[^<]*<\/p>\n([^]*?)\n<div style="margin:28px/.exec(html)?.[1] ?? html;
}

const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        ...["{{last name}}", "<", ">", '"', "'", "&", "&lt;", "\r\n", "\n", "\0", "\\", "`", "|", "$&", "$1", "\u202E"],
        ...["**", "_", "[a](https://x.example)", "![a](b)", "# ", "- ", "> ", "<script>", "</bdi>", "</a>", "-->"],
        ...["javascript:", "https://x.example", "a@x.example", "Ann", " "],
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

describe("Markdown", () => {
  test.each([
    ["# Hello", "<h1>Hello</h1>"],
    ["###### Hello", "<h3>Hello</h3>"],
    ["**a** and *b*", "<p><strong>a</strong> and <em>b</em></p>"],
    ["one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"],
    ["- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>"],
    ["3. a", '<ol start="3"><li>a</li>\n</ol>'],
    ["> a", "<blockquote><p>a</p>\n</blockquote>"],
    ["a\n---\nb", "<p>a</p>\n<hr>\n<p>b</p>"],
    ["[us](https://x.example/?a=1&b=2)", '<p><a class="link" href="https://x.example/?a=1&amp;b=2">us</a></p>'],
    ["ask a@x.example", '<p>ask <a class="link" href="mailto:a@x.example">a@x.example</a></p>'],
    ["see https://x.example/.", '<p>see <a class="link" href="https://x.example/">https://x.example/</a>.</p>'],
    ["<b>a</b> <!-- -->", "<p>&lt;b&gt;a&lt;/b&gt; &lt;!-- --&gt;</p>"],
    ["    a `b`", "<p>a `b`</p>"],
    ["\\{{first name}}", "<p>{{first name}}</p>"],
  ])("%j becomes simple HTML", (text, html) => {
    expect(
      bodyOf(written(text).html)
        .replace(/ style="[^"]*"/g, "")
        .trim(),
    ).toBe(html);
  });

  test("becomes plain text that reads well", () => {
    const body = [
      "# Open day",
      "Dear {{first name}},\ncome and see [our *new* hall](https://brandt.example/hall), or write to info@brandt.example.",
      "- wood\n- stone, of which there is so much that this point of the list needs more than one line\n  - slate",
      "2. second\n3. third",
      "> As our customers say: {{last name}}",
    ].join("\n\n");
    const { text } = written(body, { firstName: "Folasade", lastName: "well done" });
    expect(text.slice(0, text.indexOf("\n\nI will come"))).toBe(`Open day
========

Dear Folasade,
come and see our new hall <https://brandt.example/hall>, or write to
info@brandt.example.

- wood
- stone, of which there is so much that this point of the list needs more
  than one line
  - slate

2. second
3. third

> As our customers say: well done`);
  });

  test.each([
    ["a link that leads nowhere in the web", "a\n[x](javascript:alert%281%29)", 2, "begins with https://"],
    ["an address without its scheme", "[x](www.brandt.example)", 1, "begins with https://"],
    ["a picture", "a\n\nb\n![x](https://x.example/p.png)", 4, "Pictures are not put into mails"],
    ["a field in an address", "hello\nhttps://x.example/?n={{company}}", 2, "cannot stand in the address"],
    ["a field in an address that is typed as one", "[x]({{first name}})", 1, "cannot stand in the address"],
    ["the response link as an address", "[x]({{response link}})", 1, "write {{response link | your words}}"],
    ["a link in a link", "[{{unsubscribe link}}](https://x.example)", 1, "within another link"],
    ["a field nobody knows", "a\n{{frist name}}", 2, "Did you mean {{first name}}?"],
  ])("%s is told, with its line", (_, body, line, words) => {
    const { problems } = read(body);
    expect(problems.body).toContainEqual({ line, sentence: expect.stringContaining(words) });
    expect(problems.body).toHaveLength(1);
  });

  test.each(["*a", "[", "[](", "> ", "- ", "{{", "\\", "<https://x", "**_", "a@", "![", "&#", "\n- a\n> b\n"])(
    "%j over and over is read at once",
    (part) => {
      const began = performance.now();
      written(part.repeat(Math.floor(50_000 / part.length)));
      expect(performance.now() - began).toBeLessThan(3_000);
    },
  );

  test("whatever is typed, no element but these and no attribute but ours comes of it", () => {
    fc.assert(
      fc.property(nasty, nasty, (one, other) => {
        const html = bodyOf(written(`${one}\n${other}`).html);
        for (const [tag] of html.matchAll(/<[^>]*>/g)) {
          expect(tag).toMatch(
            /^<\/?(?:p|h[123]|ul|ol|li|blockquote|hr|br|strong|em|a|bdi)(?: start="\d+")?(?: class="link" href="(?:https?:|mailto:)[^"<>]*")?(?: style="[^"<>]*")?>$/,
          );
        }
      }),
    );
  });
});

describe("a value", () => {
  const body =
    "# {{first name}}\n\n**{{first name}}** [a {{first name}}](https://x.example)\n- {{first name}}\n\n> {{first name}}\n{{first name | x}}";

  test("is text in HTML, whatever it is", () => {
    const template = read(body);
    const pattern = writeMail(template, frame, { values: { firstName: "Q7Q" }, links }).html;
    fc.assert(
      fc.property(nasty, (firstName) => {
        const shown = asValue(firstName);
        fc.pre(shown !== "");
        const { html } = writeMail(template, frame, { values: { firstName, lastName: "no" }, links });
        expect(html).toBe(pattern.replaceAll("Q7Q", () => escaped(shown)));
      }),
    );
  });

  test("is text in plain text, whatever it is", () => {
    const template = read(body);
    // Its lines are broken elsewhere, and each line of a quotation begins with its sign.
    const flat = (text: string) => text.replace(/[\s=>]+/g, "");
    const pattern = flat(writeMail(template, frame, { values: { firstName: "Q7Q" }, links }).text);
    fc.assert(
      fc.property(nasty, (firstName) => {
        const shown = asValue(firstName);
        fc.pre(shown !== "");
        const { text } = writeMail(template, frame, { values: { firstName, lastName: "no" }, links });
        expect(flat(text)).toBe(pattern.replaceAll("Q7Q", () => flat(shown)));
      }),
    );
  });

  test("that is not known is told once, for subject and body together", () => {
    const template = readMail({ subject: "{{city}}", body: "{{city}} {{company}} {{job title | none}}" }, []);
    expect(writeMail(template, frame, { values: {}, links }).blank).toEqual(["city", "company"]);
  });

  test("is no link unless it leads into the web", () => {
    const template = read("{{response link}}");
    const odd = { ...links, page: "javascript:alert(1)" };
    expect(writeMail(template, frame, { values: {}, links: odd }).html).not.toContain("javascript");
  });
});

describe("around the text", () => {
  test("stand the answers in the campaign's words, how to be taken off, and who wrote", () => {
    const { html, text } = written("Hello");
    for (const words of [
      "I will come",
      "I would like to know more",
      "Not interested",
      "Unsubscribe",
      ...frame.postalAddress,
    ])
      for (const part of [html, text]) expect(part).toContain(words);
    expect(html).toContain(`href="${escaped(links.converted)}"`);
    for (const address of [links.converted, links.responded, links.notForMe, links.unsubscribe]) {
      expect(text.split("\n")).toContain(address);
    }
  });

  test("what the text has itself is not put there again", () => {
    const { html, text } = written("{{response link | Tell us}} or {{unsubscribe link | be gone}}");
    expect(html.match(/<a /g)).toHaveLength(2);
    expect(text).toContain(`Tell us <${page}> or be gone`);
    expect(text).not.toContain("Not interested");
    expect(text.split(links.unsubscribe)).toHaveLength(2);
  });

  test("nothing is loaded from anywhere and nothing runs", () => {
    expect(written("Hello").html).not.toMatch(/<(?:img|script|link|iframe|object)|url\(|@import|\bon\w+=/i);
  });

  test.each([
    ["en-GB", "ltr"],
    ["ar", "rtl"],
    ["fa-IR", "rtl"],
    ["he", "rtl"],
    ["uz", "ltr"],
    ["no language at all", "ltr"],
  ])("a mail in %s is written %s", (language, direction) => {
    const { html } = writeMail(read("Hello"), { ...frame, language }, { values: {}, links });
    expect(html).toContain(`<html lang="${language}" dir="${direction}">`);
  });

  test("a name of the firm or a subject breaks out of nothing", () => {
    fc.assert(
      fc.property(nasty, (firmName) => {
        const { html, text } = writeMail(
          read("Hello", `${firmName}{{first name}}`),
          { ...frame, firmName },
          {
            values: { firstName: firmName },
            links,
          },
        );
        const tags = (of: string) => of.match(/<[^>]*>/g)?.length;
        expect(tags(html)).toBe(tags(written("Hello").html));
        expect(text.split("\n").length).toBeLessThanOrEqual(written("Hello").text.split("\n").length);
      }),
    );
  });
});
