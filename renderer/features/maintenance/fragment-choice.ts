import type { FragmentEntry } from '#shared/model/fragment.ts'
import type { Draft } from './operations.ts'
import { parseWhole } from './whole.ts'

/** Largest id Lance gives a fragment. */
const LARGEST_ID = 0xffff_ffff
/** Most fragments named in one operation. */
const MOST = 100_000

type Entry = Pick<FragmentEntry, 'id' | 'liveRows'>

/** Ids of the fragments chosen; undefined while what was typed names none. Not for all of them. */
export function chooseFragments(
  { pick, fragments: text, smallerThan }: Pick<Draft, 'pick' | 'fragments' | 'smallerThan'>,
  fragments: readonly Entry[],
): readonly number[] | undefined {
  if (pick === 'ids')
    return parseFragments(
      text,
      fragments.map(({ id }) => id),
    )
  const rows = parseWhole(smallerThan, 1, 1e9)
  return rows === undefined ? undefined : fragments.filter(({ liveRows }) => liveRows < rows).map(({ id }) => id)
}

/**
 * Ids of a text such as `0-5, 9`, ascending, each once. A range stands for the fragments there are in it, a single id for
 * itself. Undefined when it is no such text, or names too many.
 */
export function parseFragments(text: string, known: readonly number[]): readonly number[] | undefined {
  const ids = new Set<number>()
  for (const part of text.split(/[\s,;]+/).filter((word) => word !== '')) {
    const [, first = '', last] = /^(\d{1,10})(?:[-–](\d{1,10}))?$/.exec(part) ?? []
    const [from, to] = [Number(first), Number(last ?? first)]
    if (first === '' || to > LARGEST_ID || from > to) return undefined
    if (last === undefined) ids.add(from)
    else for (const id of known) if (id >= from && id <= to) ids.add(id)
  }
  if (text.trim() === '' || ids.size > MOST) return undefined
  return [...ids].toSorted((a, b) => a - b)
}

/** Ids as {@link parseFragments} reads them: `0-5, 9`. */
export function formatFragments(ids: readonly number[]): string {
  const sorted = [...new Set(ids)].toSorted((a, b) => a - b)
  const runs: [number, number][] = []
  for (const id of sorted) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] + 1 === id) last[1] = id
    else runs.push([id, id])
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ')
}
