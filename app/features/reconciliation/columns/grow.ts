type Column = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** Doubles the room in each column; what is in them stays. */
export function makeRoom<Columns extends Record<string, Column>>(columns: Columns): void {
  for (const name of Object.keys(columns) as (keyof Columns)[]) {
    columns[name] = doubled(columns[name]!) as Columns[keyof Columns];
  }
}

function doubled(column: Column): Column {
  const made = new (column.constructor as new (length: number) => Column)(column.length * 2);
  made.set(column);
  return made;
}
