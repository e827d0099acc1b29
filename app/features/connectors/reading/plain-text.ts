/** Notes that came as HTML, as the text that people see. */

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

export function plainText(html: string): string {
  return html
    .replace(/<(script|style)\b[^>]*>[^]*?<\/\1>/gi, "")
    .replace(/\s*<br\b[^>]*>\s*|\s*<\/(?:p|div|li|h\d)>\s*/gi, "\n")
    .replace(/<[^>]+>/g, "")
    .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (entity, decimal, hex, name: string | undefined) =>
      name === undefined
        ? characterOf(decimal ? Number(decimal) : parseInt(hex as string, 16))
        : (entities[name] ?? entity),
    )
    .trim();
}

function characterOf(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}
