/** "Europe/London" for reading: "London (Europe)", "New York (America)". */
export function timeZoneText(zone: string): string {
  const [area, ...places] = zone.replaceAll("_", " ").split("/");
  const place = places.pop();
  return place ? `${place} (${[...places.reverse(), area].join(", ")})` : zone;
}
