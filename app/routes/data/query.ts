/** Filters of a list in its address. */

const LONGEST = 500;

/** Null for none, and for what is none. */
export function textIn(params: URLSearchParams, name: string): string | null {
  const text = params.get(name)?.trim() ?? "";
  return text === "" || text.length > LONGEST || text.includes("\0") ? null : text;
}

/** With the question mark; "" where there is nothing. */
export function queryOf(values: Readonly<Record<string, string | null>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== null) params.set(name, value);
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}
