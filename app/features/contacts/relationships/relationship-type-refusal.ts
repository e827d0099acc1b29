import { type TypeResult } from "~/features/contacts/relationships/relationship-types.server";

/** Why a type of relationship is not added, renamed or removed, in words. */
export function typeRefusal(refusal: Extract<TypeResult, { ok: false }>): string {
  switch (refusal.reason) {
    case "alike":
      return `“${refusal.like}” is there already. Say it otherwise, or use that one.`;
    case "too-many":
      return "There are too many types already. Remove or rename one instead.";
    case "used":
      return "It is used, so it cannot be removed. Retire it: then nobody can choose it any more.";
    case "not-found":
      return "It is no longer there.";
  }
}
