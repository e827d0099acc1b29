/** `$select`: the named properties, with what every entity has. */
export function selected(entity: object, select: string | null): object {
  if (!select) return entity;
  const names = new Set(["id", "@odata.etag", ...select.split(",").map((name) => name.trim())]);
  return Object.fromEntries(Object.entries(entity).filter(([name]) => names.has(name)));
}
