/** Text as HTML shows it, in an element or in an attribute between double quotes. */
export function escaped(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

/** What a link may lead to; null for anything else. */
export function webAddress(text: string | null | undefined): string | null {
  return text && /^https?:\/\/[^\s<>"]+$/.test(text) ? text : null;
}
