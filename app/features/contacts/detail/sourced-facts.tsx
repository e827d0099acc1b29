import { type ReactNode } from "react";
import { type Fact, Facts } from "~/ui/facts";

/** Facts that say where they come from: what most of a panel shares is said once, under them. */

export interface SourcedFact {
  label: string;
  value: ReactNode;
  /** How the value is marked: "work · first choice". */
  mark: string;
  /** "from file “clients.csv”, line 19, 3 May 2026"; null for what is empty. */
  origin: string | null;
  /** Where the value is followed back to its record. */
  originHref?: string | null;
  /** What other records say. */
  why?: ReactNode;
}

export function SourcedFacts({ facts }: { facts: SourcedFact[] }) {
  const shared = sharedOrigin(facts);
  return (
    <>
      <Facts facts={facts.map((fact) => toFact(fact, shared))} />
      {shared ? (
        <p className="panel-source">
          {whichOnes(facts, shared)} <OriginWords words={shared} href={sharedHref(facts, shared)} />.
        </p>
      ) : null}
    </>
  );
}

/** Which of them the shared origin is said of: what says nothing of its own is named, as no source stands for it. */
function whichOnes(facts: readonly SourcedFact[], shared: string): string {
  const others = facts.filter(({ origin }) => origin !== shared);
  const silent = others.filter(({ mark, origin, why }) => !mark && origin === null && !why);
  const which = others.length === silent.length ? "All" : "The rest";
  const but = silent.map(({ label }) => `“${label}”`).join(" and ");
  return but === "" ? which : `${which} but ${but}`;
}

/** Where one value comes from, under it. */
export function SourceLine({ fact: { origin, originHref, why } }: { fact: SourcedFact }) {
  return (
    <div className="panel-source">
      {origin ? <OriginWords words={capital(origin)} href={originHref} /> : null}
      {why}
    </div>
  );
}

function toFact({ label, value, mark, origin, originHref, why }: SourcedFact, shared: string | null): Fact {
  const words =
    origin === null || origin === shared ? null : <OriginWords key="origin" words={origin} href={originHref} />;
  const between = mark && words ? " · " : "";
  return { label, value, source: mark || words || why ? [mark, between, words, why] : undefined };
}

/** A link where the value can be followed back. */
function OriginWords({ words, href }: { words: string; href?: string | null }) {
  return href ? <a href={href}>{words}</a> : words;
}

/** Where all of them are from one record. */
function sharedHref(facts: readonly SourcedFact[], shared: string): string | null {
  // Each leads to its own value on the record's page.
  const records = facts.flatMap(({ origin, originHref }) =>
    origin === shared ? [originHref?.replace(/#.*$/, "") ?? null] : [],
  );
  const [first, ...others] = new Set(records);
  return first !== undefined && others.length === 0 ? first : null;
}

/** The origin that most facts have, if at least two have it. */
function sharedOrigin(facts: readonly SourcedFact[]): string | null {
  const counts = new Map<string, number>();
  for (const { origin } of facts) if (origin !== null) counts.set(origin, (counts.get(origin) ?? 0) + 1);
  const [commonest] = [...counts].sort(([, a], [, b]) => b - a);
  return commonest && commonest[1] > 1 ? commonest[0] : null;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
