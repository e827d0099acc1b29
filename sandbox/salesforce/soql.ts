/** Reads the part of Salesforce's query language that is asked here: conditions of AND and OR, an order and a limit. */

type Literal = string | number | boolean | null;

export interface Comparison {
  field: string;
  operator: "=" | "!=" | "<" | "<=" | ">" | ">=" | "IN";
  values: readonly Literal[];
}

export type Condition = Comparison | { all: readonly Condition[] } | { any: readonly Condition[] };

export interface Question {
  /** Null: only how many there are. */
  fields: readonly string[] | null;
  object: string;
  where: Condition;
  orderBy: readonly string[];
  limit: number | null;
}

export class Malformed extends Error {}

const TOKEN =
  /\s*(?:'((?:[^'\\]|\\.)*)'|(\d{4}-\d\d-\d\dT[\d:]+Z|-?\d+(?:\.\d+)?)|([A-Za-z][\w.]*)|(<=|>=|!=|[=<>(),]))/y;

interface Token {
  kind: "text" | "number" | "word" | "sign";
  text: string;
}

function tokensOf(soql: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < soql.trimEnd().length;) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(soql);
    if (!found) throw new Malformed(`unexpected token: '${soql.slice(at).trim().split(" ")[0]}'`);
    const [, text, number, word, sign] = found;
    if (text !== undefined) tokens.push({ kind: "text", text: text.replace(/\\(.)/g, "$1") });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else tokens.push({ kind: "sign", text: sign ?? "" });
    at = TOKEN.lastIndex;
  }
  return tokens;
}

class Reader {
  private at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  /** Goes behind it, if it is next. */
  takes(...texts: string[]): boolean {
    const next = this.tokens.slice(this.at, this.at + texts.length).map(({ text }) => text.toUpperCase());
    if (next.join(" ") !== texts.join(" ")) return false;
    this.at += texts.length;
    return true;
  }

  expect(...texts: string[]): void {
    if (!this.takes(...texts)) throw new Malformed(`expecting '${texts.join(" ")}', found '${this.next().text}'`);
  }

  next(): Token {
    const token = this.tokens[this.at++];
    if (!token) throw new Malformed("unexpected token: '<EOF>'");
    return token;
  }

  word(): string {
    const { kind, text } = this.next();
    if (kind !== "word") throw new Malformed(`unexpected token: '${text}'`);
    return text;
  }

  list(): string[] {
    const words = [this.word()];
    while (this.takes(",")) words.push(this.word());
    return words;
  }

  get isDone(): boolean {
    return this.at >= this.tokens.length;
  }
}

export function readSoql(soql: string): Question {
  const reader = new Reader(tokensOf(soql));
  reader.expect("SELECT");
  const fields = reader.takes("COUNT", "(", ")") ? null : reader.list();
  reader.expect("FROM");
  const object = reader.word();
  const where = reader.takes("WHERE") ? anyOf(reader) : { all: [] };
  const orderBy = reader.takes("ORDER", "BY") ? reader.list() : [];
  const limit = reader.takes("LIMIT") ? Number(reader.next().text) : null;
  if (!reader.isDone) throw new Malformed(`unexpected token: '${reader.next().text}'`);
  return { fields, object, where, orderBy, limit };
}

function anyOf(reader: Reader): Condition {
  const any = [allOf(reader)];
  while (reader.takes("OR")) any.push(allOf(reader));
  return any.length === 1 && any[0] ? any[0] : { any };
}

function allOf(reader: Reader): Condition {
  const all = [oneOf(reader)];
  while (reader.takes("AND")) all.push(oneOf(reader));
  return { all };
}

function oneOf(reader: Reader): Condition {
  if (reader.takes("(")) {
    const inner = anyOf(reader);
    reader.expect(")");
    return inner;
  }
  const field = reader.word();
  if (reader.takes("IN", "(")) {
    const values = [literal(reader.next())];
    while (reader.takes(",")) values.push(literal(reader.next()));
    reader.expect(")");
    return { field, operator: "IN", values };
  }
  const { text: operator } = reader.next();
  if (!/^(?:=|!=|<=?|>=?)$/.test(operator)) throw new Malformed(`unexpected token: '${operator}'`);
  return { field, operator: operator as Comparison["operator"], values: [literal(reader.next())] };
}

const words: Readonly<Record<string, Literal>> = { TRUE: true, FALSE: false, NULL: null };

function literal({ kind, text }: Token): Literal {
  if (kind === "text") return text;
  if (kind === "number") return /T/.test(text) ? Date.parse(text) : Number(text);
  const value = words[text.toUpperCase()];
  if (value === undefined) throw new Malformed(`Bind variables only allowed in Apex code: '${text}'`);
  return value;
}

/** What stands in a row, made comparable with literals. */
function comparable(value: unknown): Literal {
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT.*\+0000$/.test(value)) {
    return Date.parse(value.replace("+0000", "Z"));
  }
  return value === undefined ? null : (value as Literal);
}

export function fits(condition: Condition, row: Readonly<Record<string, unknown>>): boolean {
  if ("all" in condition) return condition.all.every((one) => fits(one, row));
  if ("any" in condition) return condition.any.some((one) => fits(one, row));
  const value = comparable(row[condition.field]);
  return comparisons[condition.operator](value, condition.values);
}

type Compare = (value: Literal, asked: readonly Literal[]) => boolean;

/** Nothing is smaller or larger than nothing. */
const ordered =
  (compare: (value: string | number, asked: string | number) => boolean): Compare =>
  (value, [asked = null]) =>
    value !== null && asked !== null && compare(value as string | number, asked as string | number);

const comparisons: Readonly<Record<Comparison["operator"], Compare>> = {
  "=": (value, [asked]) => value === asked,
  "!=": (value, [asked]) => value !== asked,
  "<": ordered((value, asked) => value < asked),
  "<=": ordered((value, asked) => value <= asked),
  ">": ordered((value, asked) => value > asked),
  ">=": ordered((value, asked) => value >= asked),
  IN: (value, asked) => asked.includes(value),
};

/** What has to hold of a field in any case. */
export function bounds(condition: Condition, field: string): Comparison[] {
  if ("all" in condition) return condition.all.flatMap((one) => bounds(one, field));
  return "any" in condition || condition.field !== field ? [] : [condition];
}

export function namesIn(condition: Condition): string[] {
  if ("all" in condition) return condition.all.flatMap(namesIn);
  return "any" in condition ? condition.any.flatMap(namesIn) : [condition.field];
}
