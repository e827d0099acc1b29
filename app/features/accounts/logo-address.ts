import { type AccountFacts } from "~/platform/scope.server";

/** Where the account's logo is, or null. Another logo has another address, so that none is shown from a browser's memory. */
export function logoHref({ slug, logoFileId }: Pick<AccountFacts, "slug" | "logoFileId">): string | null {
  return logoFileId && `/${slug}/logo/${logoFileId}`;
}
