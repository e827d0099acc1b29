/**
 * Reads a CSV (RFC 4180) as bytes, in whatever pieces it comes: a row is where its cells begin and end, and no text is
 * made of what is only counted. For files of millions of rows; what people map by hand goes through the pipeline.
 */

/** The cells of a row lie in `bytes`, from `starts[n]` to `ends[n]`; they hold until the next row. */
export interface ByteRow {
  bytes: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  cells: number;
  /** Counted from 1; the header is a line. */
  line: number;
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const MOST_CELLS = 1_024;
const MOST_ROW_BYTES = 1 << 20;

export class CsvBytes {
  private readonly row: ByteRow = {
    bytes: new Uint8Array(0),
    starts: new Int32Array(MOST_CELLS),
    ends: new Int32Array(MOST_CELLS),
    cells: 0,
    line: 0,
  };
  private readonly comma: number;
  /** What has come of a row that is not whole yet, `rest` bytes, and then the next piece. */
  private buffer = new Uint8Array(1 << 16);
  private rest = 0;
  private isAtStart = true;

  constructor(
    private readonly take: (row: ByteRow) => void,
    delimiter = ",",
  ) {
    this.comma = delimiter.charCodeAt(0);
  }

  /** The next piece of the file. Throws a RangeError at a row that is none: with too many cells, or longer than 1 MB. */
  push(piece: Uint8Array): void {
    const length = this.rest + piece.length;
    if (length > this.buffer.length) this.buffer = longer(this.buffer, length);
    this.buffer.set(piece, this.rest);
    const bytes = this.buffer.subarray(0, length);
    const end = this.readRows(bytes, this.isAtStart && hasMark(bytes) ? 3 : 0);
    this.isAtStart &&= end === 0;
    this.buffer.copyWithin(0, end, length);
    this.rest = length - end;
    if (this.rest > MOST_ROW_BYTES) throw new RangeError("A row that does not end");
  }

  /** The file is over; its last line may lack an end. */
  end(): void {
    if (this.rest > 0) this.push(new Uint8Array([LINE_FEED]));
  }

  /** Where the row begins that is not whole yet. */
  private readRows(bytes: Uint8Array, from: number): number {
    const { row, comma } = this;
    const { starts, ends } = row;
    row.bytes = bytes;
    let begin = from;
    let start = from;
    let cells = 0;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE && at === start) {
        at = this.closingQuote(bytes, at);
        if (at < 0) return begin;
      } else if (byte === comma || byte === LINE_FEED) {
        if (cells === MOST_CELLS) throw new RangeError("Too many cells in a row");
        starts[cells] = start;
        ends[cells++] = at;
        start = at + 1;
        if (byte === comma) continue;
        this.finish(cells);
        [begin, cells] = [start, 0];
      }
    }
    return begin;
  }

  /** -1 when it is not here yet; the byte after it decides whether a quote closes. */
  private closingQuote(bytes: Uint8Array, open: number): number {
    for (let at = open + 1; at + 1 < bytes.length; at++) {
      if (bytes[at] !== QUOTE) continue;
      if (bytes[at + 1] !== QUOTE) return at;
      at += 1;
    }
    return -1;
  }

  private finish(cells: number) {
    const { row } = this;
    const { bytes, starts, ends } = row;
    if (ends[cells - 1]! - starts[0]! > MOST_ROW_BYTES) throw new RangeError("A row that does not end");
    row.line += 1;
    row.cells = cells;
    if (bytes[ends[cells - 1]! - 1] === RETURN) ends[cells - 1]! -= 1;
    if (cells === 1 && ends[0]! <= starts[0]!) return;
    for (let cell = 0; cell < cells; cell++) if (bytes[starts[cell]!] === QUOTE) unquote(row, cell);
    this.take(row);
  }
}

function longer(buffer: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(Math.max(buffer.length * 2, length));
  made.set(buffer);
  return made;
}

/** UTF-8's byte order mark. */
function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Takes the quotes off in place: a doubled one is one. */
function unquote({ bytes, starts, ends }: ByteRow, cell: number) {
  let into = starts[cell]! + 1;
  const end = ends[cell]! - (bytes[ends[cell]! - 1] === QUOTE ? 1 : 0);
  for (let at = into; at < end; at++) {
    bytes[into++] = bytes[at]!;
    if (bytes[at] === QUOTE && bytes[at + 1] === QUOTE && at + 1 < end) at += 1;
  }
  starts[cell]! += 1;
  ends[cell] = into;
}
