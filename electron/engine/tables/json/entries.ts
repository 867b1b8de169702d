import { skipSpace, skipString, skipValue } from './scan.ts'

/** Keys and the JSON of the values of a checked object. */
export function entriesOf(bytes: Buffer, start: number, end: number): readonly (readonly [string, string])[] {
  const entries: [string, string][] = []
  let at = skipSpace(bytes, start + 1, end)
  while (at < end && bytes[at] === 34) {
    const keyEnd = skipString(bytes, at, end)
    const key = JSON.parse(bytes.toString('utf8', at, keyEnd)) as string
    const valueStart = skipSpace(bytes, skipSpace(bytes, keyEnd, end) + 1, end)
    const valueEnd = skipValue(bytes, valueStart, end)
    if (keyEnd < 0 || valueEnd < 0) break
    entries.push([key, bytes.toString('utf8', valueStart, valueEnd)])
    at = skipSpace(bytes, valueEnd, end)
    if (bytes[at] !== 44) break
    at = skipSpace(bytes, at + 1, end)
  }
  return entries
}
