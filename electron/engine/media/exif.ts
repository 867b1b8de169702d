import { toPlainRecord } from './plain.ts'

/** Tags of EXIF, GPS and IPTC by their names, dates as the file has them; empty when there are none or they are damaged. */
export async function readExif(bytes: Uint8Array): Promise<Record<string, unknown>> {
  const library = await import('exifr')
  try {
    const tags: unknown = await library.default.parse(bytes, {
      iptc: true,
      gps: true,
      xmp: false,
      icc: false,
      makerNote: false,
      userComment: false,
      // Dates of EXIF have no time zone; the library would give them the one of this machine.
      reviveValues: false,
    })
    return typeof tags === 'object' && tags !== null ? toPlainRecord({ ...tags }) : {}
  } catch {
    return {}
  }
}

/** RFC 3339 of when a picture was taken. Without a time zone in its EXIF it is told as if in UTC. */
export function exifTimestamp(tags: Readonly<Record<string, unknown>>): string | null {
  const taken = tags['DateTimeOriginal'] ?? tags['CreateDate'] ?? tags['ModifyDate']
  if (typeof taken !== 'string') return null
  const found = /^(\d{4}):(\d{2}):(\d{2})[ T](\d{2}:\d{2}:\d{2})/.exec(taken)
  if (found === null) return null
  const [, year, month, day, clock] = found
  const offset = tags['OffsetTimeOriginal'] ?? tags['OffsetTime']
  const zone = typeof offset === 'string' && /^[+-]\d{2}:\d{2}$/.test(offset) ? offset : 'Z'
  const time = Date.parse(`${year}-${month}-${day}T${clock}${zone}`)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
