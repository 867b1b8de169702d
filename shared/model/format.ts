/** Formatting of figures for people, the same in every view and in the engine's sentences. English, en-US digits. */

let compact: Intl.NumberFormat | undefined
const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const
/** U+2212, as wide as the plus sign so that columns of changes align. */
const MINUS = '\u2212'

/** `1,234,567`. Whole numbers do without `Intl`, which takes 40 ms when a process first asks for it. */
export function formatCount(value: number): string {
  if (!Number.isInteger(value)) return value.toLocaleString('en-US')
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `412.6M`; for places where the exact figure is one hover away. */
export function formatCompact(value: number): string {
  compact ??= new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })
  return compact.format(value)
}

/** `1 row`, `3 rows`, `2 indices`. */
export function formatNoun(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`
}

/** Decimal units, three significant digits: `0 bytes`, `999 bytes`, `1.02 kB`, `318 GB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'unknown size'
  const sign = bytes < 0 ? MINUS : ''
  const [scaled, unit] = scaleBytes(Math.abs(bytes))
  if (unit === 0) return `${sign}${scaled} ${scaled === 1 ? 'byte' : 'bytes'}`
  return `${sign}${toThreeDigits(scaled)} ${BYTE_UNITS[unit]}`
}

/** Bytes in full, for tooltips: `318,412,004 bytes`. */
export function formatExactBytes(bytes: number): string {
  return formatNoun(bytes, 'byte')
}

/** `+10,000`, `−3`, `±0`. */
export function formatDelta(delta: number): string {
  if (delta === 0) return '±0'
  return delta > 0 ? `+${formatCount(delta)}` : `${MINUS}${formatCount(-delta)}`
}

/** `+1.5 MB`, `−20 B`, `±0`: as narrow as a column of changes wants it. */
export function formatBytesDelta(delta: number): string {
  if (delta === 0) return '±0'
  const size = formatBytes(delta).replace(/ bytes?$/, ' B')
  return delta > 0 ? `+${size}` : size
}

/** Share of a whole as `0%`, `<0.1%`, `1.8%`, `100%`; never rounds a part up to all or down to nothing. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return '0%'
  if (part >= whole) return '100%'
  const percent = (part / whole) * 100
  if (percent < 0.1) return '<0.1%'
  if (percent > 99.9) return '>99.9%'
  return `${Number(percent.toFixed(1))}%`
}

/** `0.42 ms`, `3.1 ms`, and from ten milliseconds on as {@link formatDuration}. */
export function formatShortDuration(ms: number): string {
  if (ms >= 10) return formatDuration(ms)
  return `${ms.toFixed(ms < 1 ? 2 : 1)} ms`
}

/** `14 ms`, `2.4 s`, `3 min 5 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${Number((ms / 1000).toFixed(1))} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

function scaleBytes(bytes: number): readonly [scaled: number, unit: number] {
  let unit = 0
  let scaled = bytes
  // 999.5 and up would print as "1,000" of the smaller unit.
  while (scaled >= (unit === 0 ? 1000 : 999.5) && unit < BYTE_UNITS.length - 1) {
    scaled /= 1000
    unit += 1
  }
  return [scaled, unit]
}

function toThreeDigits(value: number): string {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0
  return String(Number(value.toFixed(digits)))
}
