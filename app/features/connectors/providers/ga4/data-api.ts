/** How the Data API is asked for a report, and what its refusals mean. */
import {
  type Connection,
  GrantEnded,
  type Json,
  type JsonObject,
  OutOfOrder,
  Throttled,
  Trouble,
} from "~/features/connectors/connector";
import {
  brokenOff,
  isObject,
  objectOf,
  quoted,
  type Refusal,
  type Speaker,
} from "~/features/connectors/reading/answers";
import { propertyOf } from "~/features/connectors/providers/ga4/property-settings";
import { serviceToken } from "~/features/connectors/providers/ga4/service-token";

const analytics: Speaker = { name: "Google Analytics", troubleOf, wordsOf };

interface ReportRow {
  dimensions: readonly string[];
  metrics: readonly string[];
}

export interface Report {
  rows: readonly ReportRow[];
  /** Of all pages together. */
  rowCount: number;
  metadata: JsonObject;
  /** What may still be asked, by Google's names. */
  quota: JsonObject;
}

/** Asks for reports of the property. */
export type RunReport = (request: JsonObject) => Promise<Report>;

/** With the token of a service account, where there is one; else the connection has its own. */
export function reporter(connection: Connection): RunReport {
  const token = connection.secrets.serviceAccount === undefined ? null : serviceToken(connection);
  const address = `${connection.base("data")}/v1beta/properties/${propertyOf(connection.settings)}:runReport`;
  const send = async (request: JsonObject, bearer: string | null) =>
    objectOf(connection, analytics, address, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
      },
      body: JSON.stringify({ ...request, returnPropertyQuota: true }),
    });
  return async (request) => reportIn(await send(request, token ? await token() : null));
}

function reportIn(body: JsonObject): Report {
  const { metadata } = body;
  // Without it nobody knows how much of the day is there.
  if (!isObject(metadata)) throw brokenOff(analytics);
  refuseWithoutRevenue(metadata);
  const rows = (Array.isArray(body.rows) ? (body.rows as readonly Json[]) : []).map(rowOf);
  // With nothing to count there is no count either.
  const rowCount = typeof body.rowCount === "number" ? body.rowCount : 0;
  return { rows, rowCount, metadata, quota: isObject(body.propertyQuota) ? body.propertyQuota : {} };
}

function rowOf(row: Json): ReportRow {
  if (!isObject(row)) throw new OutOfOrder("Google Analytics sent a report with a row that is none.");
  return { dimensions: valuesOf(row.dimensionValues), metrics: valuesOf(row.metricValues) };
}

function valuesOf(list: Json | undefined): string[] {
  const values = Array.isArray(list) ? (list as readonly Json[]) : [];
  return values.map((one) => (isObject(one) && typeof one.value === "string" ? one.value : ""));
}

/** Whose role has no revenue is shown zeros. */
function refuseWithoutRevenue({ schemaRestrictionResponse: restricted }: JsonObject): void {
  const all = isObject(restricted) ? restricted.activeMetricRestrictions : null;
  if (!Array.isArray(all) || all.length === 0) return;
  throw new Trouble(
    "Whoever is connected may not see revenue in Google Analytics. Give them a role without “No revenue metrics”.",
  );
}

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;

/** How long each kind of quota takes to come back: Google does not say, except in words. */
function troubleOf({ status, body }: Refusal): Trouble | null {
  const words = wordsOf(body);
  if (status === 403) return forbidden(words);
  if (status !== 429) return null;
  if (words !== null && /concurrent/i.test(words)) {
    return new Throttled("Google Analytics asks to be left in peace for a while.", 30 * SECOND_MS);
  }
  const isDay = words !== null && /per day|24 hours/i.test(words);
  return new Throttled(
    `Google Analytics answers no more for now: what may be asked of the property in ${isDay ? "a day" : "an hour"} is used up. Days that are not read yet stay unread until then.`,
    isDay ? HOUR_MS : HOUR_MS / 2,
  );
}

/** One status for three things that somebody else has to put right. */
function forbidden(words: string | null): Trouble {
  if (words !== null && /insufficient authentication scopes/i.test(words)) {
    return new GrantEnded("Google was not allowed to show Analytics. Connect it again, and leave its box ticked.");
  }
  if (words !== null && /has not been used|is disabled/i.test(words)) {
    return new Trouble(
      `The Google Analytics Data API is not switched on in the project at Google Cloud that is used here. Switch it on there, and wait some minutes${quoted(words)}`,
    );
  }
  return new Trouble(
    `Google Analytics does not let this account read the property. Make it a Viewer of that property, or look whether the property ID is right${quoted(words)}`,
  );
}

function wordsOf(body: Json): string | null {
  const error = isObject(body) ? body.error : null;
  return isObject(error) && typeof error.message === "string" ? error.message : null;
}
