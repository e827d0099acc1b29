import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { Checkbox, CheckboxGroup, RadioGroup, Select } from "./choice-field";
import { Form } from "./form";
import { TextField } from "./text-field";

const wrong = { name: "email", id: "contact-email", initialValue: "ann@@mail", errors: ["Write it with one @."] };

describe("a field", () => {
  test("is tied to its label by its id, or by its name when it has none", () => {
    expect(renderToStaticMarkup(<TextField field={wrong} label="Email" />)).toContain('for="contact-email"');
    expect(renderToStaticMarkup(<TextField field={{ name: "city" }} label="City" />)).toContain('id="city"');
  });

  test("reads its error before its hint and is marked invalid", () => {
    const html = renderToStaticMarkup(<TextField field={wrong} label="Email" hint="The one we write to." />);
    expect(html).toContain('aria-describedby="contact-email-error contact-email-description"');
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('id="contact-email-error"');
    expect(html.indexOf("Write it with one @.")).toBeLessThan(html.indexOf("<input"));
    expect(html.indexOf("The one we write to.")).toBeGreaterThan(html.indexOf("<input"));
  });

  test("without error or hint describes nothing", () => {
    const html = renderToStaticMarkup(<TextField field={{ name: "city", errors: [] }} label="City" optional />);
    expect(html).not.toContain("aria-");
    expect(html).toContain("(optional)");
  });

  test("keeps what was typed, but never a password", () => {
    expect(renderToStaticMarkup(<TextField field={wrong} label="Email" />)).toContain('value="ann@@mail"');
    const secret = { name: "password", initialValue: "correct horse battery" };
    expect(renderToStaticMarkup(<TextField field={secret} label="Password" type="password" />)).not.toContain("horse");
  });
});

describe("a choice", () => {
  const kinds = [
    { value: "individual", label: "Person" },
    { value: "estate", label: "Estate", hint: "Letters go to the executor." },
  ];

  test("of one has a legend, and its first button carries the field's id for the error summary's link", () => {
    const html = renderToStaticMarkup(
      <RadioGroup field={{ name: "kind", value: "estate" }} label="Kind" options={kinds} />,
    );
    expect(html).toContain("<legend>Kind</legend>");
    expect(html).toMatch(/<input id="kind" type="radio" name="kind" value="individual"\/>/);
    expect(html).toMatch(/id="kind-estate"[^>]* aria-describedby="kind-estate-hint"[^>]* checked=""/);
  });

  test("of several ticks what is chosen", () => {
    const html = renderToStaticMarkup(
      <CheckboxGroup field={{ name: "kinds" }} label="Kinds" options={kinds} chosen={["estate"]} />,
    );
    expect(html.match(/checked=""/g)).toHaveLength(1);
  });

  test("from a list begins with its empty line until something is chosen", () => {
    const select = (value?: string) =>
      renderToStaticMarkup(<Select field={{ name: "kind", value }} label="Kind" options={kinds} empty="Choose one" />);
    expect(select()).toContain('<option value="" selected="">Choose one</option>');
    expect(select("estate")).toContain('<option value="estate" selected="">Estate</option>');
  });

  test("of one box is ticked by its value or by true", () => {
    const box = (initialValue: unknown) =>
      renderToStaticMarkup(<Checkbox field={{ name: "primary", initialValue }} label="First choice" />);
    expect(box("on")).toContain('checked=""');
    expect(box(true)).toContain('checked=""');
    expect(box(undefined)).not.toContain("checked");
  });
});

describe("a form", () => {
  test("with errors begins with a summary that takes the focus and links to each field", () => {
    const html = renderToStaticMarkup(
      <Form fields={[{ name: "city" }, wrong]} errors={["This contact was changed meanwhile."]}>
        <TextField field={wrong} label="Email" />
      </Form>,
    );
    expect(html).toContain('<a href="#contact-email">Write it with one @.</a>');
    expect(html).toContain("This contact was changed meanwhile.");
    expect(html).toMatch(/role="alert" tabindex="-1" autofocus=""/i);
    expect(html.indexOf("alert")).toBeLessThan(html.indexOf("<form"));
  });

  test("without errors has no summary", () => {
    expect(renderToStaticMarkup(<Form fields={[{ name: "city" }]}>…</Form>)).not.toContain("alert");
  });

  test("saves when Enter is pressed, whatever buttons its rows have", () => {
    const html = renderToStaticMarkup(
      <Form>
        <button name="remove">Remove</button>
      </Form>,
    );
    expect(html.indexOf("default-submit")).toBeLessThan(html.indexOf("Remove"));
    expect(html).toMatch(/<button class="default-submit"[^>]* aria-hidden="true"/);
  });
});
