/** A connector on its way through the pages on which it is set up, as far as a test wants it. */
import { afterAll, beforeAll, beforeEach } from "vitest";
import { subjects } from "~/composition.server";
import { continueSync } from "~/features/connectors/runs/continue-sync.server";
import { findSetUp, type SetUp } from "~/features/connectors/set-up/find-set-up.server";
import { continueSourceTrial } from "~/features/connectors/set-up/trial/continue-source-trial.server";
import { type DialectName } from "~/platform/db/database.server";
import { type Scope } from "~/platform/scope.server";
import { openSetUp, type SetUpHouse } from "~/testing/given-set-up";
import { type Answer } from "~/testing/site";
import { type SmallSystem } from "~/testing/small-system";

export type Fields = [string, string][];

export const people = (...fields: string[]): Fields => [
  ["read:people", "on"],
  ...fields.map((field): [string, string] => ["field:people", field]),
];
export const companies = (...fields: string[]): Fields => [
  ["read:companies", "on"],
  ...fields.map((field): [string, string] => ["field:companies", field]),
];
export const goes = (streamId: string, columns: Record<string, string>): Fields =>
  Object.entries(columns).flatMap(([column, field]): Fields => [
    [`column:${streamId}`, column],
    [`goes:${streamId}`, field],
  ]);

export const usualGoes: Fields = [
  ...goes("people", { given: "givenName", family: "familyName", email: "email", mobile: "mobile" }),
  ...goes("companies", { name: "company", phone: "phone" }),
];

/** Below the account's connectors; "" where it leads to the connector's own page. @throws where it leads nowhere. */
export function leadsTo({ status, headers }: Answer): string {
  if (status !== 303) throw new Error(`It leads nowhere: ${status}`);
  return String(headers.location).split("/").slice(4).join("/");
}

interface SetUpWalk {
  readonly house: SetUpHouse;
  /** Of the connector that it is about. */
  readonly id: string;
  /** From now on it is about another connector of the same firm. */
  another(name?: string): Promise<void>;
  setUp(): Promise<SetUp>;
  /** For the form of a page. */
  version(): Promise<[string, string]>;
  look(page: string, by?: Scope): Promise<Answer>;
  send(page: string, fields?: Fields, by?: Scope): Promise<Answer>;
  /** What is read is chosen: the usual, or these. */
  chosen(...streams: Fields[]): Promise<void>;
  /** And where it goes. */
  mapped(): Promise<void>;
  /** The trial that was asked for is made. */
  tried(): Promise<void>;
  /** Its first run is made, too. Its id. */
  switchedOn(): Promise<string>;
}

/** For the tests of a suite: each begins with another firm, and a connector of it that reads nothing yet. */
export function walkInEach(engine: DialectName): SetUpWalk {
  let house: SetUpHouse;
  let id = "";
  beforeAll(async () => {
    house = await openSetUp(engine);
  });
  beforeEach(async () => {
    await house.newFirm();
    fill(house.system);
    await another();
  });
  afterAll(() => house.site.close());

  const job = () => ({ subjects, doors: house.system.doors, signal: new AbortController().signal });
  const another = async (name?: string) => void (id = await house.connector(name));
  const setUp = async (): Promise<SetUp> => (await findSetUp(house.scope, id)) as SetUp;
  const version = async (): Promise<[string, string]> => ["version", String((await setUp()).version)];
  const look = (page: string, by?: Scope) => house.get(id, page, by);
  const send = async (page: string, fields: Fields = [], by?: Scope) =>
    house.post(id, page, [await version(), ...fields], by);
  const chosen = async (...streams: Fields[]) => {
    await look("fields");
    const some = streams.length > 0 ? streams.flat() : [...people("family", "email", "mobile"), ...companies("phone")];
    leadsTo(await send("fields", some));
  };
  const mapped = async () => {
    await chosen();
    leadsTo(await send("mapping", usualGoes));
  };
  const tried = () => continueSourceTrial(house.scope, id, job());
  const switchedOn = async () => {
    const { headers } = await send("switching-on");
    const runId = /\/imports\/([0-9a-f-]{36})/.exec(String(headers.location))?.[1];
    if (runId === undefined) throw new Error("It is not switched on");
    await continueSync(house.scope, runId, job());
    return runId;
  };
  return {
    get house() {
      return house;
    },
    get id() {
      return id;
    },
    ...{ another, setUp, version, look, send, chosen, mapped, tried, switchedOn },
  };
}

function fill(system: SmallSystem): void {
  system.trouble = () => {};
  system.empty("people");
  system.empty("companies");
  system.put("people", "p1", {
    given: "Folasade",
    family: "Adebayo",
    email: "f@adebayo.example",
    mobile: "07700 900123",
  });
  system.put("people", "p2", {
    given: "Jürgen",
    family: "Größl",
    email: "j@groessl.example",
    mobile: "07700 900456",
  });
  system.put("people", "p3", { given: "Ann", family: "Okafor", email: "ann at okafor", mobile: "07700 900789" });
  system.put("companies", "c1", { name: "Kanzlei Größl", phone: "020 7946 0991" });
}
