import fc from "fast-check";
import { expect, test } from "vitest";
import { contentDisposition } from "~/http/download.server";

test.each([
  [
    "Brandt Holzbau GmbH.vcf",
    `attachment; filename="Brandt Holzbau GmbH.vcf"; filename*=UTF-8''Brandt%20Holzbau%20GmbH.vcf`,
  ],
  ["Zoë O'Hara.vcf", `attachment; filename="Zoe O'Hara.vcf"; filename*=UTF-8''Zo%C3%AB%20O%27Hara.vcf`],
  ["田中.pdf", `attachment; filename="__.pdf"; filename*=UTF-8''%E7%94%B0%E4%B8%AD.pdf`],
  [`../a"b\\c\r\nX: 1.vcf`, `attachment; filename="-a-b-cX- 1.vcf"; filename*=UTF-8''-a-b-cX-%201.vcf`],
  ["...vcf", `attachment; filename="file.vcf"; filename*=UTF-8''file.vcf`],
])("%s can be the name of a file", (name, header) => {
  expect(contentDisposition("attachment", name)).toBe(header);
});

test("whatever a contact is called, it is one header that says one name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
      const header = contentDisposition("inline", `${name}.pdf`);
      expect(header).toMatch(/^inline; filename="[^"\\\r\n%;]+\.pdf"; filename\*=UTF-8''[A-Za-z0-9%._~!-]+\.pdf$/);
      expect(() => new Headers({ "Content-Disposition": header })).not.toThrow();
      const whole = decodeURIComponent(header.split("''")[1] ?? "");
      expect(whole).not.toMatch(/[/\\\r\n"]/);
    }),
  );
});
