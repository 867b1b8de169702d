import { toErrorValue } from '#shared/errors.ts'
import { formatExactBytes, formatNoun } from '#shared/model/format.ts'
import type { DoctorFinding } from '#shared/model/doctor.ts'
import { joinPath } from '../../format/names.ts'
import { readDataFile } from '../../fragments/index.ts'
import { groupBy, toFinding } from '../finding.ts'
import type { NamedSegment } from '../named-files.ts'
import type { Survey } from '../survey.ts'
import { inGroups, type Check } from './check.ts'
import { offerIndex } from './offers.ts'

interface Trouble {
  readonly segment: NamedSegment
  readonly path: string
  readonly text: string
}

/** Every index segment has its files, of the recorded size and with footers that decode, and covers fragments there are. */
export const checkIndices: Check = async ({ survey, pace, counted }) => {
  const segments = survey.files.segments.filter((it) => !it.isSystem && it.isInside)
  const troubles: Trouble[] = []
  await inGroups(segments, pace, async (segment) => {
    for (const [path, bytes] of filesOf(segment, survey)) {
      counted(path)
      const text = await problemOf(segment, path, bytes)
      if (text === undefined) continue
      const other = text === MISSING ? findElsewhere(segment, path, survey) : undefined
      troubles.push({ segment, path, text: other === undefined ? text : misplaced(other) })
    }
    const isEmpty = filesOf(segment, survey).length === 0
    if (isEmpty) troubles.push({ segment, path: segment.shown, text: 'there are no files of it.' })
  })
  const findings = [...describe(troubles), ...describeCoverage(survey)]
  if (findings.length > 0) return findings
  const title = `The files of ${formatNoun(segments.length, 'index segment')} are there and decode.`
  return [toFinding('indices', 'pass', { title })]
}

/** Paths with the size recorded, or null: those the manifest lists, else those that are there. */
function filesOf({ shown, index }: NamedSegment, { sizes }: Survey): readonly (readonly [string, number | null])[] {
  if (index.files.length > 0) return index.files.map(({ path, bytes }) => [joinPath(shown, path), bytes])
  return [...sizes.keys()].filter((path) => path.startsWith(`${shown}/`)).map((path) => [path, null])
}

const MISSING = 'it is missing.'

/** Compaction of a branch puts a segment into the branch and names the place of its parent: LanceDB does not find it. */
function misplaced(other: string): string {
  return `LanceDB looks here, but it lies at ${other}; compaction of a branch leaves it so.`
}

function findElsewhere({ index }: NamedSegment, path: string, { sizes }: Survey): string | undefined {
  const inner = path.slice(path.indexOf(`_indices/${index.uuid}/`))
  return [...sizes.keys()].find((other) => other !== path && other.endsWith(`/${inner}`))
}

async function problemOf({ store }: NamedSegment, path: string, bytes: number | null): Promise<string | undefined> {
  if (store === undefined) return undefined
  const found = await store.info(path).catch(toErrorValue)
  if (!('bytes' in found)) return found.code === 'not-found' ? MISSING : found.message
  if (bytes !== null && found.bytes !== bytes) {
    return `it has ${formatExactBytes(found.bytes)}, and ${formatExactBytes(bytes)} were recorded.`
  }
  const read = await readDataFile(store, path, found.bytes).catch(toErrorValue)
  return 'metadata' in read ? undefined : read.message
}

function describe(troubles: readonly Trouble[]): readonly DoctorFinding[] {
  const byName = groupBy(troubles, ({ segment }) => segment.index.name)
  return [...byName].map(([name, found]) => {
    const isCurrent = found.some(({ segment }) => segment.isCurrent && segment.line.branch === undefined)
    return toFinding('indices', found.some(({ segment }) => segment.isCurrent) ? 'fail' : 'warn', {
      title: `Index ${name} is damaged: ${formatNoun(found.length, 'file')} missing, resized or unreadable.`,
      evidence: found.map(({ path, text }) => `${path}: ${text}`),
      remedy: isCurrent
        ? 'Build the index again: no row is lost, but searches that use it fail or answer wrongly.'
        : 'Restore the files from a backup if those versions are to be searched; no row is lost.',
      paths: found.map(({ path }) => path),
      repairs: isCurrent ? offerIndex(name) : [],
    })
  })
}

/** An index of main's newest version none of whose fragments is there any more. */
function describeCoverage({ newest }: Survey): readonly DoctorFinding[] {
  return [...newest].flatMap(([line, manifest]) => {
    if (line.branch !== undefined || manifest.fragments.length === 0) return []
    const ids = new Set(manifest.fragments.map(({ id }) => id))
    const byName = groupBy(manifest.indices, ({ name }) => name)
    return [...byName].flatMap(([name, segments]) => {
      if (name.startsWith('__lance') || segments.some(({ fragmentIds }) => fragmentIds === null)) return []
      const covered = new Set(segments.flatMap(({ fragmentIds }) => [...(fragmentIds ?? [])]))
      if ([...covered].some((id) => ids.has(id))) return []
      return [
        toFinding('indices', 'warn', {
          title: `Index ${name} covers none of the ${formatNoun(ids.size, 'fragment')} there are.`,
          evidence: [`It was built of ${formatNoun(covered.size, 'fragment')} that are gone.`],
          remedy: 'Build it again, or drop it: it answers for no row.',
          repairs: offerIndex(name),
        }),
      ]
    })
  })
}
