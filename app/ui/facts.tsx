import { type ReactNode } from "react";

export interface Fact {
  label: string;
  value: ReactNode;
  /** Where the value is from: "mobile · by hand, Ann, 2 Apr". */
  source?: ReactNode;
}

/** What is known, label and value; the same label twice in a row is written once. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className="facts">
      {grouped(facts).map(({ label, values }) => [
        <dt key={label}>{label}</dt>,
        ...values.map((fact, index) => (
          <dd key={`${label} ${index}`}>
            {fact.value}
            {fact.source ? <span className="source">{fact.source}</span> : null}
          </dd>
        )),
      ])}
    </dl>
  );
}

function grouped(facts: Fact[]): { label: string; values: Fact[] }[] {
  const groups: { label: string; values: Fact[] }[] = [];
  for (const fact of facts) {
    const last = groups[groups.length - 1];
    if (last?.label === fact.label) last.values.push(fact);
    else groups.push({ label: fact.label, values: [fact] });
  }
  return groups;
}
