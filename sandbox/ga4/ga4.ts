/** What stands in for Google Analytics: the Data API v1beta of one property, and where a service account gets its tokens. */
import {
  type Asked,
  type PageTrouble,
  type Reply,
  startStandIn,
  type StandIn,
  type StandInOptions,
} from "../frame/stand-in";
import { manners, noPermission, nowhere, type QuotaKind, usedUp, invalid } from "./errors";
import { counted, headersOf, type ReportRequest, type Tracked, wrongRequest } from "./report";
import { makeAccount, type SandboxAccount, tokenReply } from "./service-account";

interface Quality {
  isLumped?: boolean;
  isHidden?: boolean;
  isSampled?: boolean;
}

export interface Ga4StandIn extends StandIn {
  property: { id: string; zone: string; currency: string };
  events: Tracked[];
  /** Of further properties, by their ids; they are set as the first is. */
  more: Map<string, readonly Tracked[]>;
  account: SandboxAccount;
  /** By day: what Google does to its report. */
  quality: Map<string, Quality>;
  /** Reports that may still be asked for, and what is then used up. */
  quota: { left: number; kind: QuotaKind };
  /** What one unit is in euros. */
  rates: Record<string, number>;
  /** Whoever asks has a role without revenue. */
  hidesRevenue: boolean;
  /** Its clock: it stands still then. */
  stoppedAt: string | null;
}

interface Ga4Options extends Omit<StandInOptions, "clock" | "looksItself"> {
  events?: readonly Tracked[];
  property?: Partial<Ga4StandIn["property"]>;
}

type Property = Omit<Ga4StandIn, keyof StandIn> & {
  last: Reply | null;
  isValid: NonNullable<StandInOptions["isValid"]>;
};

export async function startGa4({
  events = [],
  property = {},
  isValid = () => false,
  ...options
}: Ga4Options = {}): Promise<Ga4StandIn> {
  const state: Property = {
    ...{ property: { id: "213025502", zone: "Europe/Berlin", currency: "EUR", ...property }, events: [...events] },
    more: new Map<string, readonly Tracked[]>(),
    ...{
      account: makeAccount(),
      quality: new Map<string, Quality>(),
      quota: { left: Infinity, kind: "hour" as const },
    },
    ...{ rates: { EUR: 1, USD: 0.875, GBP: 1.125 }, hidesRevenue: false, stoppedAt: null, last: null, isValid },
  };
  const reply = (asked: Asked, trouble: PageTrouble) => replyTo(state, asked, trouble);
  const clock = () => new Date(nowOf(state));
  const standIn = await startStandIn(reply, manners, { ...options, clock, looksItself: true });
  return Object.assign(state, standIn);
}

function nowOf({ stoppedAt }: Property): number {
  return stoppedAt === null ? new Date().getTime() : Date.parse(stoppedAt);
}

async function replyTo(state: Property, asked: Asked, trouble: PageTrouble): Promise<Reply> {
  const { path, method } = asked;
  if (path === "/token" && method === "POST") return tokenReply(state.account, asked, nowOf(state));
  const [, id] = /^\/v1beta\/properties\/(\d+):runReport$/.exec(path) ?? [];
  if (id === undefined || method !== "POST") return nowhere();
  if (!(await isLetIn(state, asked))) return manners.unauthorised(asked);
  const events = id === state.property.id ? state.events : state.more.get(id);
  return events ? countedReply({ state, events }, asked, trouble) : noPermission();
}

interface Counting {
  state: Property;
  events: readonly Tracked[];
}

function countedReply({ state, events }: Counting, asked: Asked, trouble: PageTrouble): Reply {
  if (state.quota.left <= 0) return usedUp(state.quota.kind);
  state.quota.left--;
  const isSame = trouble.takes("repeated-page") || trouble.takes("duplicate-page");
  if (isSame && state.last) return state.last;
  state.last = reportReply({ state, events }, asked);
  return state.last;
}

/** A token of the service account, or one of whoever signed in. */
async function isLetIn(state: Property, { headers }: Asked): Promise<boolean> {
  const [, token = ""] = /^bearer (.+)$/i.exec(headers.authorization ?? "") ?? [];
  const until = state.account.tokens.get(token);
  if (until !== undefined) return !state.account.isDeleted && until > nowOf(state);
  return state.isValid(token);
}

function reportReply({ state, events }: Counting, { body }: Asked): Reply {
  const request = parsed(body);
  if (!request) return invalid("Invalid JSON payload received. Unexpected token.");
  const refusal = wrongRequest(request);
  if (refusal) return refusal;
  const { property, rates } = state;
  const wanted = request.currencyCode ?? property.currency;
  const rate = (currency: string) => (currency === wanted ? 1 : (rates[currency] ?? 1) / (rates[wanted] ?? 1));
  const rows = counted(events, request, { today: todayIn(state), rate });
  const [offset, limit] = [Number(request.offset ?? 0), Number(request.limit ?? 10_000)];
  const shown = rows.slice(offset, offset + limit);
  return {
    status: 200,
    body: {
      ...headersOf(request),
      // With nothing to count neither is there.
      ...(shown.length > 0 ? { rows: shown } : {}),
      ...(rows.length > 0 ? { rowCount: rows.length } : {}),
      metadata: metadataOf(state, request, wanted),
      ...(request.returnPropertyQuota ? { propertyQuota: quotaOf(state) } : {}),
      kind: "analyticsData#runReport",
    },
  };
}

function metadataOf({ property, quality, hidesRevenue }: Property, request: ReportRequest, currencyCode: string) {
  const { isLumped, isHidden, isSampled } = quality.get(request.dateRanges![0]!.startDate) ?? {};
  const restricted = {
    activeMetricRestrictions: [{ metricName: "purchaseRevenue", restrictedMetricTypes: ["REVENUE_DATA"] }],
  };
  return {
    ...{ currencyCode, timeZone: property.zone },
    ...(isLumped ? { dataLossFromOtherRow: true } : {}),
    ...(isHidden ? { subjectToThresholding: true } : {}),
    ...(isSampled ? { samplingMetadatas: [{ samplesReadCount: "500000", samplingSpaceSize: "1300000" }] } : {}),
    ...(hidesRevenue ? { schemaRestrictionResponse: restricted } : {}),
  };
}

function quotaOf({ quota: { left } }: Property) {
  const remaining = (most: number) => ({ consumed: 2, remaining: Math.min(most, left * 2) });
  return {
    ...{
      tokensPerDay: remaining(200_000),
      tokensPerHour: remaining(40_000),
      tokensPerProjectPerHour: remaining(14_000),
    },
    ...{
      concurrentRequests: { consumed: 0, remaining: 10 },
      serverErrorsPerProjectPerHour: { consumed: 0, remaining: 10 },
    },
    potentiallyThresholdedRequestsPerHour: { consumed: 0, remaining: 120 },
  };
}

function todayIn(state: Property): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: state.property.zone }).format(nowOf(state));
}

function parsed(body: string): ReportRequest | null {
  try {
    return JSON.parse(body) as ReportRequest;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
