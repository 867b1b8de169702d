import { formatDuration } from '#shared/model/format.ts'

/** How long a fold-in of so many rows took. */
export interface FoldInTime {
  readonly rows: number
  readonly ms: number
}

/** Fold-ins remembered of a dataset. */
const KEPT = 10
/** Times more or fewer rows than one measured for which its pace is still taken: a fold-in has fixed costs too. */
const FARTHEST = 4

/** Reads what was saved under `fold-ins:<dataset handle>`; anything unreadable counts as never measured. */
export function parseTimes(saved: unknown): readonly FoldInTime[] {
  if (!Array.isArray(saved)) return []
  return saved
    .filter((item): item is FoldInTime => {
      const { rows, ms } = (item ?? {}) as Partial<Record<keyof FoldInTime, unknown>>
      return typeof rows === 'number' && rows > 0 && typeof ms === 'number' && ms > 0
    })
    .slice(0, KEPT)
}

/** The newest first. Fold-ins without rows say nothing about a pace. */
export function withTime(times: readonly FoldInTime[], time: FoldInTime): readonly FoldInTime[] {
  return time.rows > 0 && time.ms > 0 ? [time, ...times].slice(0, KEPT) : times
}

/** A forecast with the measurement it rests on; undefined when none of a like size was made here. */
export interface Forecast {
  readonly ms: number
  readonly from: FoldInTime
}

/** How long folding in would take, by the measured fold-in nearest in size. */
export function forecast(times: readonly FoldInTime[], rows: number): Forecast | undefined {
  const distance = (time: FoldInTime): number => Math.abs(Math.log(time.rows / rows))
  const from = times.toSorted((a, b) => distance(a) - distance(b))[0]
  if (rows <= 0 || from === undefined || distance(from) > Math.log(FARTHEST)) return undefined
  return { ms: (from.ms * rows) / from.rows, from }
}

/** `~12 s`, `under 1 s`. */
export function forecastText({ ms }: Forecast): string {
  if (ms < 1000) return 'under 1 s'
  return ms < 60_000 ? `~${Math.round(ms / 1000)} s` : `~${formatDuration(ms)}`
}
