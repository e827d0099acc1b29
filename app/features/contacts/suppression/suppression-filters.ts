import { type SuppressionReason, suppressionReasons } from "~/features/contacts/suppression/suppression";
import { isStorable, oneLine } from "~/features/contacts/values/typed-text";

/** What the suppression list is narrowed by, as its address says it. */
export interface SuppressionFilters {
  /** A whole address or number, as typed. */
  query: string;
  reason: SuppressionReason | null;
  /** Those taken off, in the place of those that stand. */
  lifted: boolean;
}

const MOST_TYPED = 300;

/** What it does not understand it leaves out. */
export function readSuppressionFilters(params: URLSearchParams): SuppressionFilters {
  const typed = params.get("q") ?? "";
  return {
    query: isStorable(typed) ? oneLine(typed.slice(0, MOST_TYPED)) : "",
    reason: suppressionReasons.find((reason) => reason === params.get("reason")) ?? null,
    lifted: params.get("lifted") === "yes",
  };
}

/** "?q=…&reason=…", or nothing. */
export function suppressionQuery({ query, reason, lifted }: SuppressionFilters, before: string | null = null): string {
  const params = new URLSearchParams();
  if (query) params.set("q", query);
  if (reason) params.set("reason", reason);
  if (lifted) params.set("lifted", "yes");
  if (before) params.set("before", before);
  const text = params.toString();
  return text && `?${text}`;
}
