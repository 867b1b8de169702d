import { toErrorValue, type ErrorValue } from '#shared/errors.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { DoctorFinding } from '#shared/model/doctor.ts'
import type { JobInfo } from '#shared/model/job.ts'
import type { EngineContext } from '../context.ts'
import { isSystemIndex } from '../format/index-section.ts'
import type { Manifest } from '../format/types.ts'
import { checkReadable } from '../rows/index.ts'
import { offerCopy, offerIndex, offerRestore } from './checks/offers.ts'
import { blamedFiles } from './blame.ts'
import { columnLines, sentenceOf, type TextPlace } from './evidence.ts'
import { groupBy, toFinding } from './finding.ts'
import type { NamedDataFile } from './named-files.ts'
import { runScan, type ScanOutcome } from './scan/run-scan.ts'
import type { ScanTarget } from './scan/plan.ts'
import { nameLine, type KnownVersion, type Survey } from './survey.ts'

/** Least time a fragment or index may take to be read. */
const LIMIT_MS = 20_000

export interface DeepOptions {
  readonly limitMs?: number | undefined
}

export interface DeepResult {
  readonly findings: readonly DoctorFinding[]
  readonly rowsRead: number
}

/** A target with the version it is of. */
interface Known extends ScanTarget {
  readonly of: KnownVersion
}

/** Reads every page of every data file and index some version names, in processes that may die of it. */
export async function* readDeep(
  context: EngineContext,
  survey: Survey,
  signal: AbortSignal,
  { limitMs = LIMIT_MS }: DeepOptions = {},
): AsyncGenerator<JobInfo, DeepResult> {
  const { targets, refused } = await chooseTargets(survey)
  const findings: DoctorFinding[] = [...refused]
  if (targets.length === 0) {
    if (refused.length === 0) findings.push(nothingToRead(survey))
    return { findings, rowsRead: 0 }
  }
  const plan = { targets: targets.map(({ of: _, ...target }) => target), mode: 'check', limitMs } as const
  const outcome = yield* runScan(context, survey.dataset, plan, 'Read every page', signal)
  findings.push(...(await describeOutcome(survey, targets, outcome, context.paths.dataDir)))
  const rowsRead = outcome.ends.reduce((sum, { unit, rows }) => (unit.kind === 'fragment' ? sum + rows : sum), 0)
  return { findings, rowsRead }
}

function nothingToRead({ versions }: Survey): DoctorFinding {
  return versions.length === 0
    ? toFinding('pages', 'fail', {
        title: 'No page was read: no version can be opened.',
        remedy: 'Repair the manifests first, then check again.',
      })
    : toFinding('pages', 'pass', { title: 'There is no row to read.' })
}

/** Every data file once, by the newest version that names it, of main if there is one. */
async function chooseTargets(survey: Survey): Promise<{
  readonly targets: readonly Known[]
  readonly refused: readonly DoctorFinding[]
}> {
  const targets: Known[] = []
  const refused: DoctorFinding[] = []
  const wanted = groupBy(
    survey.files.data.filter((file) => file.store !== undefined),
    ({ line, version }) => `${line.folder} ${version}`,
  )
  for (const of of survey.versions.toReversed()) {
    const { line, version, path, isNewest } = of
    const files = wanted.get(`${line.folder} ${version}`) ?? []
    const fragments = [...new Set(files.map(({ fragment }) => fragment))]
    const indices = isNewest && line.branch === undefined ? indexNames(survey.newest.get(line)) : []
    if (fragments.length === 0 && !isNewest) continue
    const ref = { branch: line.branch, version }
    const problem = await survey.dataset
      .manifest(ref)
      .then(checkReadable)
      .catch((error: unknown) => toErrorValue(error).message)
    if (typeof problem !== 'string')
      targets.push({ of, lineFolder: line.folder, manifestPath: path, fragments, indices })
    else
      refused.push(
        toFinding('pages', 'warn', {
          title: `Version ${version} of ${nameLine(line)} was not read: ${problem}`,
          paths: [path],
        }),
      )
  }
  return { targets, refused }
}

function indexNames(manifest: Manifest | undefined): readonly string[] {
  return [...new Set((manifest?.indices ?? []).map(({ name }) => name))].filter((name) => !isSystemIndex(name))
}

function describeOpening({ of }: Known, error: ErrorValue, place: TextPlace): DoctorFinding {
  return toFinding('manifests', 'fail', {
    title: `Lance cannot open version ${of.version} of ${nameLine(of.line)}, though its manifest reads.`,
    evidence: [`${of.path}: ${sentenceOf(error, place)}`],
    remedy: 'Restore the manifest from a backup, or go back to an older version.',
    paths: [of.path],
  })
}

type End = ScanOutcome['ends'][number]

async function describeOutcome(
  survey: Survey,
  targets: readonly Known[],
  outcome: ScanOutcome,
  dataDir: string,
): Promise<readonly DoctorFinding[]> {
  const findings: DoctorFinding[] = []
  const failed = outcome.ends.filter((end): end is End & { readonly error: ErrorValue } => end.error !== undefined)
  for (const [index, target] of targets.entries()) {
    const own = failed.filter(({ unit }) => unit.target === index)
    const place: TextPlace = { dataDir, location: survey.dataset.location, lineFolder: target.lineFolder }
    const ofFragments = own.filter(({ unit }) => unit.kind === 'fragment' || unit.kind === 'blobs')
    for (const end of ofFragments) findings.push(await describeFragment(survey, target, end, own, place))
    for (const { unit, error } of own) {
      if (unit.kind === 'open') findings.push(describeOpening(target, error, place))
      if (unit.kind === 'index') findings.push(describeIndex(survey, target, unit.index, error, place))
    }
  }
  const read = outcome.ends.filter(({ unit, error }) => unit.kind === 'fragment' && error === undefined)
  const rows = read.reduce((sum, end) => sum + end.rows, 0)
  if (outcome.stopped !== undefined) {
    findings.push(
      toFinding('pages', 'fail', {
        title: 'Reading was given up before it was through.',
        evidence: [outcome.stopped, `${formatNoun(outcome.deaths, 'process', 'processes')} ended over it.`],
        remedy: 'Repair what was found, then check again.',
        paths: outcome.deaths > 0 ? targets.filter(({ of }) => of.isNewest).map(({ of }) => of.path) : [],
      }),
    )
  }
  findings.push(
    toFinding('pages', 'pass', {
      title: `${formatNoun(read.length, 'fragment')} with ${formatNoun(rows, 'row')} can be read in every column.`,
      evidence: [
        'Lance keeps no checksums of values: a flipped bit that still decodes is read as another value, and nobody can tell.',
        ...(outcome.deaths === 0
          ? []
          : [`${formatNoun(outcome.deaths, 'process', 'processes')} ended over pieces that are named above.`]),
      ],
    }),
  )
  return findings
}

async function describeFragment(
  survey: Survey,
  { of }: Known,
  { unit, error }: End & { readonly error: ErrorValue },
  own: readonly (End & { readonly error: ErrorValue })[],
  place: TextPlace,
): Promise<DoctorFinding> {
  const isBlobs = unit.kind === 'blobs'
  const fragment = unit.kind === 'fragment' || isBlobs ? unit.fragment : -1
  const columns = own.flatMap((end) =>
    end.unit.kind === 'column' && end.unit.fragment === fragment ? [{ name: end.unit.column, error: end.error }] : [],
  )
  const files = await filesOfFragment(survey, of, fragment)
  const paths = blamedFiles(
    survey,
    of,
    fragment,
    files,
    [error, ...columns.map((it) => it.error)],
    columns.map(({ name }) => name),
    isBlobs,
  )
  const schema = survey.newest.get(of.line)?.schema.length ?? 0
  const isPartly = columns.length > 0 && columns.length < schema
  const failures = columns.map((it) => ({ name: it.name, text: sentenceOf(it.error, place) }))
  const where = `Fragment ${fragment} of version ${formatCount(of.version)} of ${nameLine(of.line)}`
  const isMain = of.isNewest && of.line.branch === undefined
  return toFinding(isBlobs ? 'blobs' : 'pages', 'fail', {
    title: `${where} cannot be read${isBlobs ? ': the bytes of its large values are damaged' : isPartly ? ` in ${formatNoun(columns.length, 'column')}` : ''}.`,
    evidence: isBlobs
      ? [`Large values: ${sentenceOf(error, place)}`]
      : columnLines(sentenceOf(error, place), failures, schema),
    remedy: isMain
      ? 'Restore the file from a backup, or write the readable rows into a new dataset.'
      : 'Restore the file from a backup if that version is needed.',
    paths,
    repairs: isMain ? [...offerRestore(survey, new Set(paths)), ...offerCopy(survey)] : [],
  })
}

/** Names of data files are unique, so the name alone tells which of the files it is, wherever it lies. */
async function filesOfFragment(
  { dataset, files }: Survey,
  { line, version }: KnownVersion,
  fragment: number,
): Promise<readonly NamedDataFile[]> {
  const { fragments } = await dataset.manifest({ branch: line.branch, version })
  const names = fragments.find(({ id }) => id === fragment)?.files.map(({ path }) => `/${path}`) ?? []
  const found = files.data.filter(({ shown }) => names.some((name) => shown.endsWith(name)))
  // A copy of a directory has them twice: its own, and those its branches still name at the old place.
  const own = found.filter((file) => file.line === line)
  return own.length > 0 ? own : found
}

function describeIndex(
  survey: Survey,
  { of }: Known,
  name: string,
  error: ErrorValue,
  place: TextPlace,
): DoctorFinding {
  const segments = survey.files.segments.filter(({ index, isCurrent }) => index.name === name && isCurrent)
  const named = [...survey.sizes.keys()].filter((path) => segments.some(({ shown }) => path.startsWith(`${shown}/`)))
  const text = JSON.stringify(error)
  const mentioned = named.filter((path) => text.includes(path))
  return toFinding('indices', 'fail', {
    title: `Index ${name} of version ${of.version} cannot be read.`,
    evidence: [sentenceOf(error, place)],
    remedy: 'Build the index again: no row is lost, but searches that use it fail.',
    paths: mentioned.length > 0 ? mentioned : named,
    repairs: offerIndex(name),
  })
}
