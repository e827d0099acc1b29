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

/** "2,600 added, 14 were there already". */
export function additionWords({ state, found, added }: Pick<Addition, "state" | "found" | "added">, locale: string) {
  if (state === "undone") return "taken off again";
  const before = found - added;
  const there = before > 0 ? `, ${before.toLocaleString(locale)} ${before === 1 ? "was" : "were"} there already` : "";
  return `${added.toLocaleString(locale)} added${there}`;
}
