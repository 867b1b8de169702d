import { formatNoun } from '#shared/model/format.ts'
import type { DoctorFinding, RepairOffer } from '#shared/model/doctor.ts'
import { formatManifestName, joinPath } from '../../format/names.ts'
import { toFinding } from '../finding.ts'
import { nameLine, type Survey } from '../survey.ts'
import type { Check } from './check.ts'

const HINT = 'latest_version_hint.json'
const MAX_HINT_BYTES = 4096

/** Every manifest reads, is the version its name says, and none is missing in between. */
export const checkManifests: Check = async ({ survey, counted }) => {
  const { versions, broken, skipped, snapshot } = survey
  for (const { path } of [...versions, ...broken]) counted(path)
  const folders = snapshot.unreadable.filter(({ path }) => !/\.(manifest|json)$/.test(path))
  const findings: DoctorFinding[] = [
    ...describeNone(survey),
    ...describeBroken(survey),
    ...describeStrangers(survey),
    ...describeSlips(survey),
    ...describeTimes(survey),
    ...(await checkHints(survey, counted)),
    ...folders.map(({ path, error }) =>
      toFinding('manifests', 'fail', {
        title: `The folder ${path} cannot be listed: ${error.message}`,
        remedy: 'Ask for permission to read it: nothing in it was checked.',
        paths: [path],
      }),
    ),
  ]
  if (findings.every(({ status }) => status === 'pass')) {
    const left =
      skipped === 0
        ? ''
        : ` ${formatNoun(skipped, 'older one')} were only looked at from outside: the history is very long.`
    const title = `${formatNoun(versions.length, 'manifest')} read and ${versions.length === 1 ? 'is' : 'are'} in order.${left}`
    findings.unshift(toFinding('manifests', 'pass', { title }))
  }
  return findings
}

function describeNone({ versions, broken, snapshot }: Survey): readonly DoctorFinding[] {
  if (versions.some(({ line }) => line.branch === undefined)) return []
  const ofMain = broken.filter(({ line }) => line.branch === undefined)
  return [
    toFinding('manifests', 'fail', {
      title:
        ofMain.length === 0
          ? 'There is no manifest of main: no version can be opened.'
          : `None of the ${formatNoun(ofMain.length, 'manifest')} of main reads: no version can be opened.`,
      evidence: [
        `${formatNoun(snapshot.files.filter(({ placed }) => placed.kind === 'data').length, 'data file')} are still there.`,
      ],
      remedy: 'Restore "_versions" from a backup; data files alone do not say which rows belong to a version.',
      paths: ofMain.length === 0 ? ['_versions'] : [],
    }),
  ]
}

/** Manifests that are there and do not read, one finding each for the newest ones, one for all older ones. */
function describeBroken({ broken, versions }: Survey): readonly DoctorFinding[] {
  const findings: DoctorFinding[] = []
  const newest = broken.filter((it) => it.isNewest)
  for (const { version, path, error, line } of newest) {
    const good = versions.findLast((it) => it.line === line)?.version
    const { branch } = line
    const offer: RepairOffer = {
      repair: { kind: 'set-aside-newest', ...(branch === undefined ? {} : { branch }) },
      title: `Set the broken newest manifests${branch === undefined ? '' : ` of branch ${branch}`} aside`,
      consequence: `Version ${good ?? ''} becomes the newest${branch === undefined ? '' : ` of branch ${branch}`} again; what was committed after it is out of reach. The manifests are moved, not deleted.`,
    }
    const isRepairable = good !== undefined && error.code === 'corrupt-manifest'
    findings.push(
      toFinding('manifests', 'fail', {
        title: `The newest manifest of ${nameLine(line)}, version ${version}, does not read.`,
        evidence: [`${path}: ${error.message}`],
        remedy:
          good === undefined
            ? 'Restore the file from a backup: no older version reads either.'
            : `Restore the file from a backup, or go back to version ${good}.`,
        paths: [path],
        repairs: isRepairable ? [offer] : [],
      }),
    )
  }
  const older = broken.filter((it) => !it.isNewest)
  if (older.length === 0) return findings
  findings.push(
    toFinding('manifests', 'fail', {
      title: `${formatNoun(older.length, 'older manifest')} ${older.length === 1 ? 'does' : 'do'} not read.`,
      evidence: older.map(({ path, error }) => `${path}: ${error.message}`),
      remedy:
        'Restore them from a backup. Newer versions are not touched by it, but LanceDB can neither list nor clean up versions while one is damaged.',
      paths: older.map(({ path }) => path),
    }),
  )
  return findings
}

/** Manifests whose content is of another version or branch than their place says. */
function describeStrangers({ versions }: Survey): readonly DoctorFinding[] {
  const strangers = versions.filter(
    ({ claims, version, line }) => claims.version !== version || claims.branch !== line.branch,
  )
  if (strangers.length === 0) return []
  return [
    toFinding('manifests', 'fail', {
      title: `${formatNoun(strangers.length, 'manifest')} ${strangers.length === 1 ? 'holds' : 'hold'} another version than ${strangers.length === 1 ? 'its name says' : 'their names say'}.`,
      evidence: strangers.map(
        ({ path, version, line, claims }) =>
          `${path} should be version ${version} of ${nameLine(line)} and says version ${claims.version} of ${nameLine(claims)}.`,
      ),
      remedy: 'Restore them from a backup: they were swapped or written over.',
      paths: strangers.map(({ path }) => path),
    }),
  ]
}

/** Manifests that differ from their neighbours by one byte where no commit changes just one. */
function describeSlips({ slips }: Survey): readonly DoctorFinding[] {
  if (slips.length === 0) return []
  return [
    toFinding('manifests', 'warn', {
      title: `${formatNoun(slips.length, 'manifest')} ${slips.length === 1 ? 'contradicts its' : 'contradict their'} neighbours.`,
      evidence: slips.map(
        ({ paths, what }) =>
          `${paths.join(' or ')}: ${what} differs in a single byte from what the versions around it say.`,
      ),
      remedy:
        'A bit of it was probably flipped. Restore the manifest from a backup, or read everything to see what still works.',
      paths: slips.flatMap(({ paths }) => paths),
    }),
  ]
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Versions made long before the one before them, or after now: clocks differ, but not by days. */
function describeTimes({ versions, snapshot }: Survey): readonly DoctorFinding[] {
  const odd = versions.filter(({ line, timestamp }, index) => {
    const time = Date.parse(timestamp)
    if (time > snapshot.takenMs + DAY_MS) return true
    const [before, after] = [versions[index - 1], versions[index + 1]]
    const wasBefore = before?.line === line ? Date.parse(before.timestamp) : undefined
    const isAfter = after?.line === line ? Date.parse(after.timestamp) : undefined
    if (wasBefore !== undefined) return wasBefore <= snapshot.takenMs && time < wasBefore - DAY_MS
    // The oldest has nobody before it: time stands still for years only when it is wrong.
    return isAfter !== undefined && time < 0
  })
  if (odd.length === 0) return []
  return [
    toFinding('manifests', 'warn', {
      title: `${formatNoun(odd.length, 'version')} ${odd.length === 1 ? 'has' : 'have'} an impossible time.`,
      evidence: odd.map(({ path, version, timestamp }) => `${path}: version ${version} was made at ${timestamp}.`),
      remedy:
        'The clock of the writer was wrong, or a bit of the manifest was flipped. Cleaning up by age goes by these times.',
      paths: odd.map(({ path }) => path),
    }),
  ]
}

/** The hint names the newest version; without it, or with a wrong one, Lance lists the folder. */
async function checkHints(survey: Survey, counted: (path: string) => void): Promise<readonly DoctorFinding[]> {
  const { snapshot, sizes, versions, broken, dataset } = survey
  const findings: DoctorFinding[] = []
  for (const line of snapshot.references.lines) {
    const path = joinPath(line.folder, '_versions', HINT)
    const newest = Math.max(
      0,
      ...[...versions, ...broken].filter((it) => it.line === line).map(({ version }) => version),
    )
    if (!sizes.has(path)) {
      findings.push(
        toFinding('manifests', 'pass', {
          title: `${nameLine(line)} has no version hint; Lance lists the folder instead, and nothing is lost.`,
          paths: [path],
        }),
      )
      continue
    }
    counted(path)
    const text = await dataset.store.read(path, MAX_HINT_BYTES).then(
      (bytes) => new TextDecoder().decode(bytes),
      () => '',
    )
    const hinted = parseHint(text)
    if (hinted === newest) continue
    const isAhead = hinted !== undefined && hinted > newest
    const gone = isAhead ? joinPath(line.folder, '_versions', formatManifestName(hinted, 'v2')) : undefined
    findings.push(
      toFinding('manifests', isAhead ? 'fail' : 'warn', {
        title: isAhead
          ? `Version ${hinted} of ${nameLine(line)} was there once: the version hint names it, and its manifest is missing.`
          : `The version hint of ${nameLine(line)} is ${hinted === undefined ? 'damaged' : 'behind'}.`,
        evidence: [
          hinted === undefined
            ? `${path} does not hold a version number.`
            : `${path} says version ${hinted}; the newest manifest is of version ${newest}.`,
        ],
        remedy: isAhead
          ? 'Restore the manifest from a backup if its rows are needed; everything works at the newest version there is.'
          : 'Nothing needs to be done: Lance lists the folder, and the next commit writes the hint anew.',
        paths: gone === undefined ? [path] : [path, gone],
      }),
    )
  }
  return findings
}

function parseHint(text: string): number | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined
    return typeof version === 'number' && Number.isSafeInteger(version) ? version : undefined
  } catch {
    return undefined
  }
}
