/** RFC 3339 of a date as documents write it; null when it is none. */
export function toTimestamp(text: string | undefined | null): string | null {
  if (text === undefined || text === null || text.trim() === '') return null
  const time = Date.parse(text.trim())
  if (Number.isNaN(time)) return null
  const year = new Date(time).getUTCFullYear()
  return year < 1 || year > 9999 ? null : new Date(time).toISOString()
}

/** RFC 3339 of `D:20250208122313+01'00'`, as PDF writes dates. Absent parts are the first of their kind. */
export function pdfTimestamp(text: unknown): string | null {
  if (typeof text !== 'string') return null
  const found = /^D?:?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:([+\-Z])(\d{2})?'?(\d{2})?)?/.exec(text)
  if (found === null) return null
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', sign, east, minutes] = found
  const zone = sign === '+' || sign === '-' ? `${sign}${east ?? '00'}:${minutes ?? '00'}` : 'Z'
  return toTimestamp(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`)
}
