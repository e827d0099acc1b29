import { createSecretKey, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { rotateKeys, rotationInWords } from "./rotation";
import { sealedColumns } from "~/composition.server";
import { findWebhook, saveWebhook } from "~/features/campaigns/mailing/webhooks.server";
import { readGrant } from "~/features/connectors/access/grant-row.server";
import { openSecrets, sealSecrets } from "~/features/connectors/access/secrets.server";
import { openModel, saveModelSettings } from "~/features/connectors/mapping-help/model-settings.server";
import { type Connector, findConnector } from "~/features/connectors/find-connector.server";
import { spendCode } from "~/features/sign-in/second-factor.server";
import { systemClock } from "~/platform/clock.server";
import { type EncryptionKey, type Keys } from "~/platform/encryption.server";
import { writeMail } from "~/platform/mail/write-mail.server";
import { type Scope } from "~/platform/scope.server";
import { noProviders } from "~/platform/provider-settings.server";
import { later, MINUTE_MS } from "~/platform/time";
import { databases } from "~/testing/databases";
import { given, testKeys } from "~/testing/given";
import { installationOf, openProvider } from "~/testing/given-connectors";
import { codeNow, givenEnrolled, givenPassword } from "~/testing/given-sign-in";
import { tableRows } from "~/testing/table-rows";

const newer: EncryptionKey = { kid: "test2", key: createSecretKey(randomBytes(32)) };
const both: Keys = { ...testKeys, encryption: [newer, ...testKeys.encryption] };
const newerOnly: Keys = { ...testKeys, encryption: [newer] };

const model = {
  ...{ address: "https://model.hale.example/v1", model: "m-1", key: "sk-hale" },
  ...{ samples: 2, isOn: true, version: 0 },
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe.each(databases)("a new encryption key on %s", (engine) => {
  interface Filled {
    scope: Scope;
    connector: Connector;
    totp: string;
  }

  /** One of everything that is sealed, of two accounts. */
  async function filled(): Promise<Filled> {
    const { scope, close } = await given.ownDatabase(engine);
    const house = await openProvider("google");
    closing.push(close, house.close);
    const installation = installationOf(scope);
    if (!scope.user) throw new Error("Somebody acts");
    await givenPassword(installation, scope.user);
    const { totpSecret: totp } = await givenEnrolled(installation, scope.user);
    const other = await given.member(installation, await given.account(installation));
    for (const one of [scope, other]) {
      await saveModelSettings(one, model);
      await saveWebhook(one, "hmac", "");
      await writeMail(one, { to: "ann@hale.example", subject: "Hello", purpose: "notice", paragraphs: ["Hello Ann."] });
    }
    const connector = await house.connected(scope);
    await house.connected(other);
    await scope.db
      .updateTable("connectors")
      .set({ secrets: sealSecrets(scope, connector.id, { key: "0123456789abcdef" }) })
      .where("account_id", "=", scope.account.id)
      .where("id", "=", connector.id)
      .execute();
    await house.begin(scope, connector);
    return { scope, connector, totp };
  }

  /** How much there is, and all of it sealed with the old key. */
  async function sealedIn(scope: Scope): Promise<number> {
    const { done, byKey, left } = await rotateKeys(installationOf(scope));
    expect([done, left.size, [...byKey.keys()]]).toEqual([0, 0, ["test1"]]);
    return byKey.get("test1") ?? 0;
  }

  test("seals everything anew, and nothing needs the old one any more", async () => {
    const { scope, connector, totp } = await filled();
    const all = await sealedIn(scope);
    expect(all).toBeGreaterThanOrEqual(12);
    const before = await readGrant(scope, connector.id);
    const proof = (await findWebhook(scope, "hmac"))?.proof;
    const rotation = await rotateKeys({ ...installationOf(scope), keys: both });
    expect(rotation).toEqual({ newest: "test2", done: all, byKey: new Map([["test2", all]]), left: new Map() });
    expect(rotationInWords(rotation)).toContain("Nothing needs an older key any more");

    const after = { ...scope, keys: newerOnly };
    expect(await readGrant(after, connector.id)).toEqual(before);
    const row = await findConnector(after, connector.id);
    expect(row && openSecrets(after, row)).toEqual({ key: "0123456789abcdef" });
    expect((await findWebhook(after, "hmac"))?.proof).toBe(proof);
    const opened = {
      env: { appOrigin: "https://hale.example", providers: noProviders },
      signal: new AbortController().signal,
    };
    expect((await openModel(after, { ...opened, timeoutMs: 1_000 }))?.model.key).toBe("sk-hale");
    // A code is good once: the next one.
    const clock = { now: () => later(systemClock.now(), MINUTE_MS) };
    const installation = { ...installationOf(scope), keys: newerOnly, clock };
    expect(await spendCode(installation, scope.user?.id ?? "", codeNow(installation, totp))).toBe(true);
    expect(JSON.stringify(await tableRows(scope.database))).not.toContain("v1.test1.");
  });

  test("broken off goes on where it was, and done twice does nothing twice", async () => {
    const { scope } = await filled();
    const all = await sealedIn(scope);
    const installation = { ...installationOf(scope), keys: both };
    const begun = await rotateKeys(installation, sealedColumns.slice(0, 7));
    expect(begun.done).toBeGreaterThan(0);
    const whole = await rotateKeys(installation);
    expect(begun.done + whole.done).toBe(all);
    expect(await rotateKeys(installation)).toMatchObject({ done: 0, left: new Map() });
  });

  test("two at once do no harm", async () => {
    const { scope, connector } = await filled();
    const all = await sealedIn(scope);
    const installation = { ...installationOf(scope), keys: both };
    const before = await readGrant(scope, connector.id);
    const two = await Promise.all([rotateKeys(installation), rotateKeys(installation)]);
    expect(two.reduce((sum, { done }) => sum + done, 0)).toBe(all);
    expect(await readGrant({ ...scope, keys: newerOnly }, connector.id)).toEqual(before);
  });

  test("cannot help where the old one is missing: that is counted by place and key, and left as it is", async () => {
    const { scope, connector } = await filled();
    const rotation = await rotateKeys({ ...installationOf(scope), keys: newerOnly });
    expect(rotation.done).toBe(0);
    expect(rotation.left.get("connector_grants.access_token")).toEqual(new Map([["test1", 2]]));
    expect(rotationInWords(rotation)).toContain("connector_grants.refresh_token: 2 sealed with test1");
    expect(await readGrant(scope, connector.id)).toMatchObject({ endedAt: null });
  });
});

test("every place that anything is sealed for is in the list, and nothing else", () => {
  const app = join(import.meta.dirname, "..", "app");
  const files = readdirSync(app, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".server.ts") && !file.startsWith("testing"),
  );
  const said = files.flatMap((file) => {
    const source = readFileSync(join(app, file), "utf8");
    return [...source.matchAll(/\bfield: ["`]((?:\w+|\$\{[\w.]+\})\.(?:\w+|\$\{\w+\}))["`]/g)].map(
      ([, field = ""]) => field,
    );
  });
  // Two tables and two columns share a line each.
  const several: Record<string, string[]> = {
    "${holder.table}.offered_secret": ["sessions.offered_secret", "pending_sign_ins.offered_secret"],
    "connector_grants.${column}": ["connector_grants.access_token", "connector_grants.refresh_token"],
  };
  const sealed = said.flatMap((field) => several[field] ?? [field]);
  const listed = sealedColumns.map(({ table, column }) => `${table}.${column}`);
  expect(listed.sort()).toEqual(sealed.sort());
});
