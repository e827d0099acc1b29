import { type Revocation } from "~/features/connectors/access/take-back.server";

/** What became of the agreement, for whoever disconnected. */
export function revocationWords(system: string, revocation: Revocation): string {
  switch (revocation) {
    case "revoked":
      return `Disconnected. ${system} has taken the access back, and nothing of it is kept here.`;
    case "shared":
      return `Disconnected here. At ${system} the access stays, as another connector lives by it.`;
    case "not-offered":
      return `Disconnected, and nothing of it is kept here. ${system} takes access back only for whoever gave it: look there among the apps with access.`;
    case "failed":
      return `Disconnected, and nothing of it is kept here. But ${system} did not say that it took the access back: look there among the apps with access.`;
    case "none":
      return "Disconnected.";
  }
}
