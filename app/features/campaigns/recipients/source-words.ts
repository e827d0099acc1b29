import { responseNames } from "~/features/campaigns/campaign";
import { type Addition } from "~/features/campaigns/recipients/list-recipients.server";
import { type Source } from "~/features/campaigns/recipients/source";

/** "From the view “Leeds”". */
export function sourceWords(source: Source): string {
  switch (source.from) {
    case "list":
      if (source.name !== null) return `From the view “${source.name}”`;
      return source.query === "" ? "All contacts" : "From a list of contacts";
    case "selection":
      return "Chosen one by one";
    case "import":
      return `From the import “${source.name}”`;
    case "answers":
      return `From “${source.name}”: ${source.responses.map((each) => responseNames[each].toLowerCase()).join(", ")}`;
  }
}

/** "2,600 added, 14 were there already"; "2,590 of 2,600 taken off again". */
export function additionWords(
  { state, found, added, takenOff }: Pick<Addition, "state" | "found" | "added" | "takenOff">,
  locale: string,
) {
  if (state === "undone") {
    const isSome = takenOff !== null && takenOff < added;
    return `${isSome ? `${takenOff.toLocaleString(locale)} of ${added.toLocaleString(locale)} ` : ""}taken off again`;
  }
  const before = found - added;
  const there = before > 0 ? `, ${before.toLocaleString(locale)} ${before === 1 ? "was" : "were"} there already` : "";
  return `${added.toLocaleString(locale)} added${there}`;
}
