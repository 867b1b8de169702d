import { isInside } from '../../store/local-path.ts'
import { toErrorValue } from '#shared/errors.ts'
import { formatExactBytes, formatNoun } from '#shared/model/format.ts'
import type { DoctorFinding } from '#shared/model/doctor.ts'
import { readDataFile } from '../../fragments/index.ts'
import { toFinding } from '../finding.ts'
import type { NamedDataFile } from '../named-files.ts'
import type { Survey } from '../survey.ts'
import { inGroups, type Check, type CheckEnv } from './check.ts'
import { offerCopy, offerRestore } from './offers.ts'

interface Trouble {
  readonly file: NamedDataFile
  readonly kind: 'missing' | 'size' | 'footer' | 'rows' | 'unread'
  readonly line: string
  /** Manifests that contradict the file while another agrees with it. */
  readonly manifests: readonly string[]
}

/** Every data file a version names is there with its exact size, and its footer and columns are what the version says. */
export const checkDataFiles: Check = async (env) => {
  const { survey, pace } = env
  const troubles: Trouble[] = []
  await inGroups(survey.files.data, pace, async (file) => {
    troubles.push(...(await lookAt(file, env)))
  })
  const outside = troubles.filter(({ kind }) => kind === 'unread')
  const bad = troubles.filter(({ kind }) => kind !== 'unread')
  const ofContent = bad.filter(({ kind }) => kind === 'footer' || kind === 'rows')
  const ofPresence = bad.filter(({ kind }) => kind === 'missing' || kind === 'size')
  const count = survey.files.data.length
  const findings = [
    ...describe(survey, 'data-files', ofPresence, 'not there or not of the size they were written with'),
    ...describe(survey, 'data-footers', ofContent, 'not what the versions say they are'),
  ]
  if (outside.length > 0) {
    findings.push(
      toFinding('data-files', 'warn', {
        title: `${formatNoun(outside.length, 'data file')} of other datasets could not be looked at.`,
        evidence: outside.map(({ line }) => line),
        remedy: 'Check them where they are: reading the rows needs them.',
        paths: outside.map(({ file }) => file.shown),
      }),
    )
  }
  if (ofPresence.length === 0) {
    const title = `${formatNoun(count - outside.length, 'data file')} of all versions are there, with the size the versions recorded.`
    findings.push(toFinding('data-files', 'pass', { title }))
  }
  if (ofContent.length === 0 && count > 0) {
    const title = `The footers of ${formatNoun(count - outside.length - ofPresence.length, 'data file')} decode and agree with the versions.`
    findings.push(toFinding('data-footers', 'pass', { title }))
  }
  return findings
}

function describe(
  survey: Survey,
  check: 'data-files' | 'data-footers',
  troubles: readonly Trouble[],
  what: string,
): DoctorFinding[] {
  return [true, false].flatMap((isCurrent) => {
    const found = troubles.filter(({ file }) => file.isCurrent === isCurrent)
    if (found.length === 0) return []
    const paths = found.flatMap(({ file, manifests }) => [file.shown, ...manifests])
    const where = isCurrent ? 'of a newest version' : 'of older versions only'
    const restore = isCurrent ? offerRestore(survey, new Set(paths)) : []
    return [
      toFinding(check, 'fail', {
        title: `${formatNoun(found.length, 'data file')} ${where}: ${found.length === 1 ? what.replace('they were', 'it was') : what}.`,
        evidence: found.map(({ line }) => line),
        remedy: isCurrent
          ? 'Restore the files from a backup; without one, write the readable rows into a new dataset.'
          : 'Restore the files from a backup if those versions are needed; the newest rows are not touched.',
        paths,
        repairs: isCurrent ? [...restore, ...offerCopy(survey)] : [],
      }),
    ]
  })
}

async function lookAt(file: NamedDataFile, env: CheckEnv): Promise<readonly Trouble[]> {
  const { store, shown, path } = file
  const trouble = (kind: Trouble['kind'], line: string, manifests: readonly string[] = []): Trouble => ({
    file,
    kind,
    line: `${shown}: ${line}`,
    manifests,
  })
  if (store === undefined || (env.root !== undefined && !file.isInside && !isInside(env.root, store.root))) {
    return [trouble('unread', 'it lies outside of what may be read here.')]
  }
  env.counted(shown)
  const found = await store.info(path).catch(toErrorValue)
  if (!('bytes' in found)) {
    const isMissing = found.code === 'not-found'
    const twin = isMissing ? findTwin(shown, env.survey.sizes.keys()) : undefined
    if (twin !== undefined) {
      const line = `it is missing, and ${twin} is there: the manifest may be damaged in one letter of the name.`
      return [trouble('missing', line, [...file.formats.values()])]
    }
    return [trouble(isMissing ? 'missing' : 'unread', isMissing ? 'it is missing.' : found.message)]
  }
  const recorded = [...file.bytes.keys()]
  const disagreeing = [...file.bytes].filter(([bytes]) => bytes !== found.bytes).map(([, manifest]) => manifest)
  const read = await readDataFile(store, path, found.bytes).catch(toErrorValue)
  const isSound = 'metadata' in read
  if (recorded.length > 0 && !recorded.includes(found.bytes)) {
    // A file that is whole in itself may be right and the manifest wrong; one that is cut off is not.
    return [
      trouble(
        'size',
        `it has ${formatExactBytes(found.bytes)}, and ${formatExactBytes(recorded[0] ?? 0)} were recorded.${isSound ? ' It is a whole Lance file of its own: it was replaced, or the manifest is wrong.' : ''}`,
        isSound ? disagreeing : [],
      ),
    ]
  }
  if (disagreeing.length > 0) {
    return [trouble('rows', `manifests disagree on its size; it has ${formatExactBytes(found.bytes)}.`, disagreeing)]
  }
  if (!isSound) return [trouble('footer', read.message)]
  return compare(file, read.metadata, trouble)
}

/** A path that differs in one letter: names are long and random, so it is the same file. */
function findTwin(path: string, others: Iterable<string>): string | undefined {
  for (const other of others) {
    if (other.length !== path.length) continue
    let different = 0
    for (let index = 0; index < path.length && different < 2; index++) if (other[index] !== path[index]) different++
    if (different === 1) return other
  }
  return undefined
}

type Metadata = Awaited<ReturnType<typeof readDataFile>>['metadata']

function compare(
  file: NamedDataFile,
  { rows, columns, fields, formatVersion }: Metadata,
  trouble: (kind: Trouble['kind'], line: string, manifests?: readonly string[]) => Trouble,
): readonly Trouble[] {
  const troubles: Trouble[] = []
  if (rows !== null) {
    const wrong = [...file.rows].filter(([recorded]) => recorded !== rows)
    if (wrong.length > 0) {
      const recorded = wrong[0]?.[0] ?? 0
      const line = `it holds ${formatNoun(rows, 'row')}, and ${formatNoun(recorded, 'row')} were recorded for fragment ${file.fragment}.`
      troubles.push(
        trouble(
          'rows',
          line,
          wrong.map(([, manifest]) => manifest),
        ),
      )
    }
  }
  const formats = [...file.formats].filter(([format]) => format !== '' && format !== formatVersion)
  if (columns !== null && formats.length > 0) {
    const recorded = formats[0]?.[0] ?? ''
    troubles.push(
      trouble(
        'rows',
        `it is of format ${formatVersion}, and ${recorded} was recorded.`,
        formats.map(([, manifest]) => manifest),
      ),
    )
  }
  const highest = Math.max(-1, ...file.columnIndices)
  if (columns !== null && highest >= columns.length) {
    troubles.push(trouble('rows', `it has ${formatNoun(columns.length, 'column')}, and column ${highest} is expected.`))
  }
  const odd = fields.find(({ id, logicalType }) => {
    const type = file.types.get(id)
    return type !== undefined && file.fields.includes(id) && type !== logicalType
  })
  if (odd !== undefined) {
    const line = `its column ${odd.name} is ${odd.logicalType}, and ${file.types.get(odd.id) ?? ''} was recorded.`
    troubles.push(trouble('rows', line, [...file.rows.values()]))
  }
  return troubles
}
