import { toErrorValue } from '#shared/errors.ts'
import { formatExactBytes, formatNoun } from '#shared/model/format.ts'
import type { DoctorFinding } from '#shared/model/doctor.ts'
import { formatManifestName, joinPath } from '../../format/names.ts'
import { toFinding } from '../finding.ts'
import { nameLine, type Survey } from '../survey.ts'
import type { Check } from './check.ts'

const MAX_REF_BYTES = 1024 * 1024

interface Trouble {
  readonly paths: readonly string[]
  readonly text: string
}

/** Every tag and branch reads and points at a version that is there, and every branch folder has its file. */
export const checkRefs: Check = async ({ survey, pace, counted }) => {
  const { snapshot } = survey
  const refs = snapshot.files.filter(({ placed }) => placed.kind === 'tag' || placed.kind === 'branch')
  const troubles: Trouble[] = []
  for (const { path, placed } of refs) {
    await pace()
    counted(path)
    troubles.push(...(await lookAt(path, placed.kind === 'tag', survey)))
  }
  troubles.push(...findOrphanBranches(survey))
  const findings: DoctorFinding[] = []
  if (troubles.length === 0) {
    findings.push(
      toFinding('refs', 'pass', {
        title: `${formatNoun(refs.length, 'tag or branch', 'tags and branches')} point${refs.length === 1 ? 's' : ''} at versions that are there.`,
      }),
    )
  } else {
    findings.push(
      toFinding('refs', 'fail', {
        title: `${formatNoun(troubles.length, 'tag or branch', 'tags or branches')} ${troubles.length === 1 ? 'is' : 'are'} broken.`,
        evidence: troubles.map(({ text }) => text),
        remedy:
          'Restore the files from a backup, or delete the tag or branch and make it again. The rows of main are not touched.',
        paths: troubles.flatMap(({ paths }) => paths),
      }),
    )
  }
  return findings
}

async function lookAt(path: string, isTag: boolean, survey: Survey): Promise<readonly Trouble[]> {
  const name = nameOf(path)
  const what = `${isTag ? 'Tag' : 'Branch'} ${name}`
  let json: Readonly<Record<string, unknown>>
  try {
    const value: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(await survey.dataset.store.read(path, MAX_REF_BYTES)),
    )
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not an object')
    json = value as Readonly<Record<string, unknown>>
  } catch (error) {
    const reason =
      error instanceof SyntaxError || error instanceof TypeError ? 'it is no JSON object.' : toErrorValue(error).message
    return [{ paths: [path], text: `${path}: ${reason}` }]
  }
  const own = isTag ? undefined : joinPath('tree', name)
  const versionKey = isTag ? 'version' : 'parentVersion'
  const branchKey = isTag ? 'branch' : 'parentBranch'
  const version = json[versionKey]
  const branch = json[branchKey] ?? undefined
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 0) {
    return [{ paths: [path], text: `${path}: it has no ${versionKey}.` }]
  }
  if (branch !== undefined && typeof branch !== 'string') {
    return [{ paths: [path], text: `${path}: its ${branchKey} is no name.` }]
  }
  const odd = oddField(json)
  if (odd !== undefined) return [{ paths: [path], text: `${path}: ${odd}` }]
  const troubles: Trouble[] = []
  if (
    own !== undefined &&
    !survey.snapshot.references.lines.some(
      ({ folder, versions, unreadable }) => folder === own && versions.length + unreadable.length > 0,
    )
  ) {
    troubles.push({
      paths: [path, joinPath(own, '_versions')],
      text: `${what} has no version: there is no manifest in ${own}/_versions.`,
    })
  }
  const oldest = own === undefined ? undefined : survey.versions.find(({ line }) => line.folder === own)
  if (oldest !== undefined && oldest.version < version) {
    troubles.push({
      paths: [path],
      text: `${path}: ${what} is said to be made from version ${version}, and has version ${oldest.version}.`,
    })
  }
  const line = survey.snapshot.references.lines.find((it) => it.branch === branch)
  const folder = line?.folder ?? joinPath('tree', branch ?? '')
  if (line === undefined) {
    troubles.push({ paths: [path], text: `${path}: ${what} is of branch ${branch ?? 'main'}, which is not there.` })
    return troubles
  }
  const manifest = survey.snapshot.references.lines.flatMap((it) =>
    it === line ? [...it.versions, ...it.unreadable].filter((entry) => entry.version === version) : [],
  )[0]
  if (manifest === undefined) {
    // A branch lives on without the version it was made from: what it needs of it is named in its own manifests.
    if (!isTag) return troubles
    const missing = joinPath(folder, '_versions', formatManifestName(version, 'v2'))
    troubles.push({
      paths: [path, missing],
      text: `${path}: version ${version} of ${nameLine(line)}, which ${what.toLowerCase()} names, is not there.`,
    })
    return troubles
  }
  const size = json['manifestSize']
  const real = survey.sizes.get(manifest.path)
  if (typeof size === 'number' && real !== undefined && size !== real) {
    troubles.push({
      paths: [path, manifest.path],
      text: `${path}: it recorded ${formatExactBytes(size)} for the manifest of version ${version}, which has ${formatExactBytes(real)}; one of the two was changed.`,
    })
  }
  return troubles
}

/** A field a writer of Lance would not have written so. */
function oddField(json: Readonly<Record<string, unknown>>): string | undefined {
  const KEYS = new Set([
    'branch',
    'version',
    'createdAt',
    'updatedAt',
    'manifestSize',
    'metadata',
    'parentBranch',
    'parentVersion',
    'identifier',
    'createAt',
    'createdBy',
  ])
  const unknown = Object.keys(json).find((key) => !KEYS.has(key))
  if (unknown !== undefined && !('manifestSize' in json && 'metadata' in json))
    return `it has a field ${JSON.stringify(unknown)} no writer is known for.`
  for (const key of ['createdAt', 'updatedAt']) {
    const value = json[key]
    if (value !== undefined && value !== null && (typeof value !== 'string' || Number.isNaN(Date.parse(value))))
      return `its ${key} is no time.`
  }
  return undefined
}

/** Folders with versions below `tree` that no branch file names. */
function findOrphanBranches({ snapshot }: Survey): readonly Trouble[] {
  const known = new Set(snapshot.references.lines.map(({ folder }) => folder))
  const orphans = new Set(
    snapshot.files
      .filter(({ placed }) => placed.kind === 'manifest' && placed.folder !== '' && !known.has(placed.folder))
      .map(({ placed }) => placed.folder),
  )
  return [...orphans].map((folder) => {
    const file = `_refs/branches/${encodeURIComponent(folder.replace(/^tree\//, ''))}.json`
    return {
      paths: [file],
      text: `${folder} has versions, and the branch's file ${file} is not there: nobody can open the branch.`,
    }
  })
}

function nameOf(path: string): string {
  const file =
    path
      .split('/')
      .at(-1)
      ?.replace(/\.json$/, '') ?? ''
  try {
    return decodeURIComponent(file)
  } catch {
    return file
  }
}
