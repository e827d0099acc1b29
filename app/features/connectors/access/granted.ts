/** What a token endpoint answers, and whether it is what was asked for. */
import { z } from "zod";
import { type Json, type OAuthAccess } from "~/features/connectors/connector";

/** Tokens grow: HubSpot's had 300 characters, those of Entra have thousands. */
const MOST_TOKEN = 20_000;
const MOST_EXTRA = 2_000;

export interface Granted {
  accessToken: string;
  /** Null: none was given; after a renewal the old one stays. */
  refreshToken: string | null;
  /** How long the access token lasts; null: the answer does not say. */
  lastsSeconds: number | null;
  /** Null: the answer does not say, which means what was asked for (RFC 6749, 5.1). */
  scopes: readonly string[] | null;
  /** What else the provider needs of it, by name. */
  extras: Readonly<Record<string, Json>>;
}

const token = z.string().min(1).max(MOST_TOKEN);
const answer = z.looseObject({
  access_token: token,
  refresh_token: token.nullish(),
  token_type: z
    .string()
    .regex(/^bearer$/i)
    .optional(),
  // Some write the number as text.
  expires_in: z.coerce
    .number()
    .int()
    .positive()
    .max(10 * 365 * 24 * 60 * 60)
    .nullish()
    .catch(null),
  scope: z.string().max(MOST_TOKEN).nullish().catch(null),
  /** HubSpot's way. */
  scopes: z.array(z.string()).max(500).optional().catch(undefined),
});

/** Null: that is no token answer. */
export function readGranted(body: unknown, access: Pick<OAuthAccess, "extras">): Granted | null {
  const parsed = answer.safeParse(body);
  if (!parsed.success) return null;
  const { access_token, refresh_token, expires_in, scope, scopes } = parsed.data;
  return {
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    lastsSeconds: expires_in ?? null,
    scopes: scopes ?? (scope ? scope.split(/[\s,]+/).filter(Boolean) : null),
    extras: extrasOf(parsed.data, access.extras ?? []),
  };
}

function extrasOf(answer: Record<string, unknown>, names: readonly string[]): Record<string, Json> {
  const known = names.filter((name) => Object.hasOwn(answer, name) && isSmall(answer[name]));
  return Object.fromEntries(known.map((name) => [name, answer[name] as Json]));
}

function isSmall(value: unknown): boolean {
  return JSON.stringify(value).length <= MOST_EXTRA;
}

/** They open nothing of the firm's by themselves, and providers name them differently or not at all when they grant them. */
const ofSigningIn: ReadonlySet<string> = new Set([
  ...["openid", "email", "profile", "userinfo.email", "userinfo.profile", "offline_access", "refresh_token"],
]);

/** Entra grants `https://graph.microsoft.com/Contacts.Read` where `Contacts.Read` was asked for. */
function folded(scope: string): string {
  return scope.slice(scope.lastIndexOf("/") + 1).toLowerCase();
}

/** What was asked for and not granted: people may leave out what they do not like. */
export function missingScopes(asked: readonly string[], granted: readonly string[] | null): string[] {
  if (granted === null) return [];
  const has = new Set(granted.map(folded));
  return asked.filter((scope) => !ofSigningIn.has(folded(scope)) && !has.has(folded(scope)));
}

/** Whether reading could go on after the access token has ended, or that has no end. */
export function isLasting({ refreshToken, lastsSeconds }: Granted, access: OAuthAccess): boolean {
  if (refreshToken !== null) return true;
  const asksForMore = access.scopes.some((scope) => scope === "offline_access" || scope === "refresh_token");
  return !asksForMore && lastsSeconds === null && access.tokenSeconds === undefined;
}
