/** A line of a CSV table by column name. Null = written as `\N` or left empty without quotes; '' = written as `""`. */
export type CsvRow = Readonly<Record<string, string | null>>

/** Parses the sample's own CSV tables: a header line, commas, double quotes, no line breaks inside values. */
export function parseCsv(text: string): readonly CsvRow[] {
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '')
  const names = splitLine(header).map((name) => name ?? '')
  return lines.map((line) => {
    const values = splitLine(line)
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? null]))
  })
}

function splitLine(line: string): (string | null)[] {
  const values: (string | null)[] = []
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    const [, quoted, plain = ''] = match
    if (quoted !== undefined) values.push(quoted.replaceAll('""', '"'))
    else values.push(plain === '' || plain === '\\N' ? null : plain)
  }
  return values
}
