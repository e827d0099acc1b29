/** Who may do what: one table, read by guards, by buttons and by tests alike. */
import { type Role } from "~/platform/scope.server";

/** The system runs an account's own background work: what an import or a run needs, and nothing about people. */
export const rights = {
  "account.read": ["admin", "user", "viewer", "system"],
  "contacts.read": ["admin", "user", "viewer", "system"],
  "contacts.write": ["admin", "user", "system"],
  "contacts.archive": ["admin", "user", "system"],
  "contacts.import": ["admin", "user", "system"],
  // A whole list in one file leaves the house: reading page by page is one thing, that another.
  "contacts.export": ["admin", "user"],
  // The whole list of whom not to reach: of everybody's contacts. Putting on makes nothing laxer; taking off does.
  "suppressions.read": ["admin", "user", "viewer", "system"],
  "suppressions.add": ["admin", "user", "system"],
  "suppressions.manage": ["admin"],
  "campaigns.read": ["admin", "user", "viewer", "system"],
  "campaigns.write": ["admin", "user", "system"],
  // Whole lists come in by them, and secrets of the firm's other systems are kept.
  "connectors.manage": ["admin"],
  // A shop's orders name no person, yet they are its takings.
  "reconciliations.read": ["admin", "user", "viewer", "system"],
  "reconciliations.write": ["admin", "user", "system"],
  "work.read": ["admin", "user", "viewer", "system"],
  "work.cancel": ["admin", "user"],
  "members.read": ["admin", "user", "viewer"],
  "members.manage": ["admin"],
  "settings.read": ["admin"],
  "settings.manage": ["admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof rights;

/** What nobody may who sees their own contacts only: imports, campaigns, the suppression list and reconciliations are of everybody's. */
const needsAll: ReadonlySet<Right> = new Set<Right>([
  ...(["contacts.import", "campaigns.read", "campaigns.write"] as const),
  ...(["suppressions.read", "suppressions.add"] as const),
  ...(["reconciliations.read", "reconciliations.write"] as const),
]);

/** Whether whoever acts in this scope may do that here. */
export function can(scope: { role: Role; ownOnly?: boolean }, right: Right): boolean {
  const roles: readonly Role[] = rights[right];
  return roles.includes(scope.role) && !(scope.ownOnly === true && needsAll.has(right));
}

/** Roles that a person can have, the strongest first. */
export const personRoles = ["admin", "user", "viewer"] as const;
export type PersonRole = (typeof personRoles)[number];

/** How a role is called on a page. */
export const roleNames: Record<Role, string> = {
  admin: "Administrator",
  user: "User",
  viewer: "Viewer",
  system: "Tallybook",
};
