/** What keeps an agreement from coming about, in words for whoever has just been at the provider. */
import { type TokenRefusal } from "~/features/connectors/access/token-endpoint.server";

export type ConnectProblem =
  /** By a code of RFC 6749, 4.1.2.1, or one of the provider's own; "": it sent neither a code nor an error. */
  | { kind: "sent-back"; code: string }
  | { kind: "not-exchanged"; refusal: TokenRefusal }
  /** The answer says that it comes from somebody else (RFC 9207). */
  | { kind: "other-issuer" }
  | { kind: "less-than-asked"; missing: readonly string[] }
  | { kind: "not-lasting" }
  | { kind: "link-spent" }
  | { kind: "gone" };

const operator = "Tell whoever runs Tallybook:";

type Words = (name: string, code: string) => string;

const notAgreed: Words = (name) => `You did not agree at ${name}, so nothing was connected.`;
const notNow: Words = (name) => `${name} could not answer just now. Try again in a few minutes.`;
const signInFirst: Words = (name) => `${name} wants you to sign in there first. Try again.`;
const notAllowed: Words = (name) =>
  `Your organisation does not allow this at ${name}. Ask whoever looks after it there.`;
const notTaken: Words = (name, code) => `${name} does not take our question. ${operator} ${code}.`;
const refused: Words = (name) =>
  `${name} refused, and nothing was connected. Try again; if it stays so, ask whoever looks after ${name} at your firm.`;

/** Anybody can write what they like into an address: only codes we know are repeated. */
const sentBackWords: ReadonlyMap<string, Words> = new Map([
  ["access_denied", notAgreed],
  ["user_denied", notAgreed],
  ["temporarily_unavailable", notNow],
  ["server_error", notNow],
  ["login_required", signInFirst],
  ["interaction_required", signInFirst],
  ["consent_required", signInFirst],
  ["account_selection_required", signInFirst],
  ["admin_policy_enforced", notAllowed],
  ["org_internal", notAllowed],
  ["unauthorized_client", notTaken],
  ["invalid_request", notTaken],
  ["invalid_scope", notTaken],
  ["unsupported_response_type", notTaken],
  ["redirect_uri_mismatch", notTaken],
]);

function notExchangedWords(name: string, refusal: TokenRefusal): string {
  switch (refusal.kind) {
    case "ended":
      return `${name} no longer takes what it sent you back with: it is good for a few minutes only, and once. Try again.`;
    case "client":
      return `${name} does not know this installation, or not by this secret. ${operator} ${refusal.code}.`;
    case "later":
      return `${name} was asked too often. Try again in a few minutes.`;
    case "out-of-order":
      return `${name} does not answer as it should at the moment. Try again in a few minutes.`;
    case "refused":
      return `${name} refused to hand over what you agreed to${refusal.code ? ` (${refusal.code})` : ""}. Try again.`;
  }
}

export function connectProblemWords(name: string, problem: ConnectProblem): string {
  switch (problem.kind) {
    case "sent-back":
      return (sentBackWords.get(problem.code) ?? refused)(name, problem.code);
    case "not-exchanged":
      return notExchangedWords(name, problem.refusal);
    case "other-issuer":
      return `The answer did not come from ${name}, so it was not used. Begin again here; if it happens again, ${operator.toLowerCase()} the issuer differs.`;
    case "less-than-asked":
      return `Not everything was agreed to at ${name}, so nothing was connected. Try again and leave all boxes ticked. Missing: ${problem.missing.join(", ")}.`;
    case "not-lasting":
      return `${name} let us in only for an hour, so nothing was connected. Take Tallybook's access back there, among the apps that you gave access to, and try again.`;
    case "link-spent":
      return "This link has been used meanwhile, or a newer one has taken its place. Nothing was changed.";
    case "gone":
      return "This connector is no longer there. Nothing was changed.";
  }
}
