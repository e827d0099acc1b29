/**
 * People and organisations of Pipedrive, read through its API v2.
 *
 * Sources: pipedrive.readme.io/docs/marketplace-oauth-authorization (addresses, Basic header, `api_domain`, 60 days),
 * /docs/marketplace-scopes-and-permissions-explanations, /docs/core-api-concepts-pagination (cursor, at most 500),
 * /docs/pipedrive-api-v2-migration-guide (`custom_fields`, RFC 3339), /docs/core-api-concepts-rate-limiting,
 * /docs/app-uninstallation (revocation by RFC 7009); developers.pipedrive.com/docs/api/v1 (Persons, Organizations, PersonFields
 * and OrganizationFields of v2): `updated_since` is inclusive, deleted ones are gone for good after 30 days.
 *
 * Not verified against a live account: whether PKCE is looked at; whether lists ever show what was deleted (`is_deleted` is
 * followed, and once a week everything is read, which tells it anyway); that a 429 with no tokens left for the day has
 * `x-daily-ratelimit-token-remaining: 0` (told by clients of others, in no document); the unit of `x-ratelimit-reset`
 * (seconds); whether the refresh token is replaced (both are lived with); that a refused refresh token has the code
 * `invalid_grant` beside the documented words "Invalid grant: refresh_token is invalid". Scopes are those of the registered app: it has
 * to be registered with "Contacts: read only".
 */
import { type Connection, type Provider, type Stream, Trouble } from "~/features/connectors/connector";
import { worthTaking } from "~/features/connectors/reading/turning-pages";
import { cellsOf } from "~/features/connectors/providers/pipedrive/entity-cells";
import { fieldsOf } from "~/features/connectors/providers/pipedrive/entity-fields";
import { linksOf } from "~/features/connectors/providers/pipedrive/entity-records";
import { logo } from "~/features/connectors/providers/pipedrive/logo";
import { ask, listPage } from "~/features/connectors/providers/pipedrive/pipedrive-api";
import { readEntities } from "~/features/connectors/providers/pipedrive/read-entities";
import { isObject } from "~/features/connectors/reading/answers";

const reading = { subject: "contacts", changes: true, wholeTellsGone: true, hasStart: false };

const streams: readonly Stream[] = [
  { id: "persons", noun: { one: "person", many: "people" }, ...reading },
  {
    ...{ id: "organizations", noun: { one: "organisation", many: "organisations" } },
    ...{ constants: { kind: "business" }, ...reading },
  },
];

export const pipedrive: Provider = {
  id: "pipedrive",
  name: "Pipedrive",
  category: "contacts",
  reads:
    "The people and organisations of a Pipedrive account, with fields of your own, and who belongs to which organisation.",
  needs: "Somebody who may install apps in the Pipedrive account, and who sees everybody in it.",
  words: ["crm", "sales", "pipeline", "organizations"],
  logo,
  help: "https://support.pipedrive.com/",
  // Token answers name the company's own; this one is good for all of them, too.
  addresses: { api: "https://api.pipedrive.com" },
  access: {
    kind: "oauth",
    endpoints: () => ({
      authorize: "https://oauth.pipedrive.com/oauth/authorize",
      token: "https://oauth.pipedrive.com/oauth/token",
      revoke: "https://oauth.pipedrive.com/oauth/revoke",
    }),
    // The first is part of every app and only says whose account it is.
    scopes: ["base", "contacts:read"],
    clientAuthentication: "basic",
    extras: ["api_domain"],
    tokenSeconds: 3_600,
    clientPrefix: "PIPEDRIVE",
  },
  streams,
  whose,
  test: async (connection) => {
    for (const { id } of streams) await listPage(connection, id, { limit: "1" });
  },
  discover: fieldsOf,
  read: (connection, reading) => worthTaking(readEntities(connection, reading)),
  cellsOf,
  linksOf: (streamId, payload) => (streamId === "persons" ? linksOf(payload) : []),
};

/** Contacts can be read without it. */
async function whose(connection: Connection): Promise<string | null> {
  try {
    const { data } = (await ask(connection, "/api/v1/users/me")).body;
    const name = isObject(data) ? (data.company_name ?? data.email) : null;
    return typeof name === "string" && name !== "" ? name : null;
  } catch (error) {
    if (error instanceof Trouble) return null;
    throw error;
  }
}
