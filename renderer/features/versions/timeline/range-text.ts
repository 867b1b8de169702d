import { formatNoun } from '#shared/model/format.ts'
import { formatDay } from '#shared/model/time.ts'
import type { Stretch } from '../state/view-store.ts'
import { indexOfVersion, type TimelineModel } from './model.ts'

/** `15 versions · 2026-03-14`; several days as first – last. */
export function rangeText(model: TimelineModel, isLoading: boolean): string {
  const days = daysText(model.times[0], model.times.at(-1))
  return days === '' ? '' : `${formatNoun(model.entries.length, 'version')}${isLoading ? ' so far' : ''} · ${days}`
}

/** `6 versions, v4 – v9 · 09:26:53 – 09:31:10`, with days where there are several. */
export function stretchText(model: TimelineModel, { oldest, newest }: Stretch): string {
  const [first, last] = [indexOfVersion(model, oldest), indexOfVersion(model, newest)]
  if (first === undefined || last === undefined) return `v${oldest} – v${newest}`
  const count = formatNoun(last - first + 1, 'version')
  const numbers = oldest === newest ? `v${oldest}` : `v${oldest} – v${newest}`
  return `${count}, ${numbers} · ${momentsText(model.times[first] ?? 0, model.times[last] ?? 0)}`
}

function daysText(first: number | undefined, last: number | undefined): string {
  if (first === undefined || last === undefined) return ''
  const [from, to] = [formatDay(new Date(first)), formatDay(new Date(last))]
  return from === to ? from : `${from} – ${to}`
}

function momentsText(first: number, last: number): string {
  const [from, to] = [new Date(first), new Date(last)]
  if (formatDay(from) !== formatDay(to)) return daysText(first, last)
  return clock(from) === clock(to) ? clock(from) : `${clock(from)} – ${clock(to)}`
}

function clock(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')
}
