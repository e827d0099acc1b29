/** A Singer tap that stands in for those of the world: its program beside this file, and the list of members it reads. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sampleCompany, samplePerson, type SamplePerson } from "../frame/people";
import { World } from "../frame/world";

export interface SingerStandIn {
  /** For `SINGER_TAPS`. */
  entry: {
    id: string;
    label: string;
    run: string[];
    settings: { name: string; label?: string; hint?: string; secret?: boolean; optional?: boolean }[];
  };
  /** What it lets in. */
  apiKey: string;
  world: World<SamplePerson>;
  suppliers: string[];
  companies: string[];
  /** What goes wrong, whatever its configuration says. */
  trouble: Set<string>;
  /** Writes down how things stand, for the next run of the tap. */
  publish(): void;
  close(): Promise<void>;
}

const OLD = "2025-01-01T00:00:00.000Z";

export function startSinger({ contacts = 100, companies = 5 } = {}): SingerStandIn {
  const folder = mkdtempSync(join(tmpdir(), "tallybook-sandbox-singer-"));
  const world = new World(contacts, samplePerson);
  const apiKey = "key-of-the-choir-7f2d";
  const file = join(folder, "world.json");
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const names = Array.from({ length: companies }, (_, index) => sampleCompany(index + 1).name);
  const standIn: SingerStandIn = {
    entry: {
      id: "tap-choir",
      label: "Choir register",
      run: [process.execPath, fileURLToPath(new URL("./tap.js", import.meta.url)), "--world", file],
      settings: [
        { name: "api_key", label: "API key", secret: true, hint: `In the sandbox: ${apiKey}` },
        {
          name: "trouble",
          label: "What goes wrong",
          optional: true,
          hint: "To try it: crash, hang, garbage, expired …",
        },
      ],
    },
    ...{ apiKey, world, companies: names, suppliers: [...names], trouble: new Set<string>() },
    publish: () => writeFileSync(file, JSON.stringify(stateOf(standIn))),
    close: () => {
      process.off("exit", remove);
      remove();
      return Promise.resolve();
    },
  };
  process.once("exit", remove);
  standIn.publish();
  return standIn;
}

function stateOf({ apiKey, world, companies, suppliers, trouble }: SingerStandIn) {
  const numbered = (names: readonly string[]) => names.map((name, index) => ({ id: index + 1, name }));
  return {
    ...{ apiKey, now: world.clock().toISOString(), trouble: [...trouble] },
    members: [...world.keys()].flatMap((key) => memberOf(world, key) ?? []),
    gone: world.goneKeys().map((id) => ({ id, at: new Date(world.gone(id)?.at ?? OLD).toISOString() })),
    ...{ companies: numbered(companies), suppliers: numbered(suppliers) },
  };
}

function memberOf(world: World<SamplePerson>, key: number) {
  const known = world.get(key);
  if (!known) return null;
  const { given, family, company, emails, phones, addresses, notes } = known.item;
  const [home] = addresses;
  return {
    ...{ id: key, given_name: given, family_name: family, company, email: emails[0]?.value ?? null },
    phones: phones.map(({ value }) => value),
    address: home
      ? { street: home.street, city: home.city, postcode: home.postalCode, country: home.countryCode }
      : null,
    ...{ balance: key * 1.25, inner_note: notes, updated_at: new Date(known.changedAt).toISOString() },
  };
}
