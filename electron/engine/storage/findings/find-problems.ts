import { AppError, toErrorValue } from '#shared/errors.ts'
import type { Finding } from '#shared/model/storage.ts'
import type { OpenDataset, ResolvedRef } from '../../context.ts'
import { decodeManifest } from '../../format/manifest.ts'
import type { Manifest } from '../../format/types.ts'
import { MAX_MANIFEST_BYTES } from '../../datasets/index.ts'
import { createClassifier } from '../classify/file-class.ts'
import { planCleanup } from '../cleanup/plan-cleanup.ts'
import { readCoverage } from '../compaction/coverage.ts'
import { planCompaction } from '../compaction/preview-compaction.ts'
import type { Snapshot } from '../gather/snapshot.ts'
import type { Pace } from '../pace.ts'
import { findLine } from '../references/model.ts'
import type { Check, FindingContext, FoundState } from './context.ts'
import { FRAGMENT_CHECKS } from './fragments.ts'
import { HISTORY_CHECKS } from './history.ts'
import { INDEX_CHECKS } from './indices.ts'
import { findMissingFiles, findMissingSegments, findResizedFiles } from './missing.ts'
import { SAFETY_CHECKS } from './safety.ts'

const CHECKS: readonly Check[] = [...SAFETY_CHECKS, ...HISTORY_CHECKS, ...INDEX_CHECKS, ...FRAGMENT_CHECKS]
const SEVERITIES: readonly Finding['severity'][] = ['problem', 'warning', 'note']
/** What LanceDB's `optimize` cleans up when nobody says otherwise. */
const DEFAULT_RETENTION_MS = 7 * 24 * 60 * 60 * 1000
const PACE_FILES = 512

/** Everything wrong or wasteful in a dataset, looked at from one of its versions; worst first, then by bytes. */
export async function findProblems(
  dataset: OpenDataset,
  at: ResolvedRef,
  snapshot: Snapshot,
  pace: Pace,
): Promise<readonly Finding[]> {
  const context = await gatherContext(dataset, at, snapshot, pace)
  const findings: Finding[] = []
  for (const check of CHECKS) {
    await pace()
    findings.push(...check(context))
  }
  return findings.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (b.bytes ?? 0) - (a.bytes ?? 0),
  )
}

async function gatherContext(
  dataset: OpenDataset,
  at: ResolvedRef,
  snapshot: Snapshot,
  pace: Pace,
): Promise<FindingContext> {
  const nowMs = Date.now()
  const classify = createClassifier(snapshot.references)
  const abandoned: FindingContext['abandoned'][number][] = []
  for (const [index, file] of snapshot.files.entries()) {
    if (index % PACE_FILES === 0) await pace()
    if (classify(file).class === 'abandoned') abandoned.push(file)
  }
  return {
    snapshot,
    nowMs,
    state: await readState(dataset, at, snapshot, pace),
    cleanups: await planDefaultCleanups(snapshot, nowMs, pace),
    abandoned,
  }
}

async function planDefaultCleanups(snapshot: Snapshot, nowMs: number, pace: Pace): Promise<FindingContext['cleanups']> {
  const rules = {
    cutOffNs: BigInt(nowMs - DEFAULT_RETENTION_MS) * 1_000_000n,
    deleteUnverified: false,
    nowMs,
  }
  const cleanups: FindingContext['cleanups'][number][] = []
  for (const { branch } of snapshot.references.lines) {
    try {
      cleanups.push({ branch, plan: await planCleanup(snapshot, branch, rules, pace) })
    } catch (error) {
      // What is damaged or closed is a finding of its own; without any plan there is nothing to say of old versions.
      const { code } = toErrorValue(error)
      if (!code.startsWith('corrupt-') && code !== 'permission-denied') throw error
    }
  }
  return cleanups
}

async function readState(
  dataset: OpenDataset,
  at: ResolvedRef,
  snapshot: Snapshot,
  pace: Pace,
): Promise<FoundState | undefined> {
  const manifest = await readManifest(dataset, at, snapshot)
  if (manifest === undefined) return undefined
  const coverage = await readCoverage(dataset, at, manifest)
  await pace()
  const compaction = await planCompaction(dataset, at, manifest, coverage)
  await pace()
  const missing = await findMissingFiles(dataset, at, manifest, snapshot, pace)
  const resized = await findResizedFiles(dataset, at, manifest, snapshot, pace)
  await pace()
  const missingSegments = await findMissingSegments(dataset, at, manifest, snapshot)
  return { at, manifest, coverage, compaction, missing, resized, missingSegments }
}

/** The manifest even when its features are too new to read rows by; undefined when it is damaged. */
async function readManifest(
  dataset: OpenDataset,
  at: ResolvedRef,
  { references }: Snapshot,
): Promise<Manifest | undefined> {
  try {
    return await dataset.manifest(at)
  } catch (error) {
    const code = error instanceof AppError ? error.code : undefined
    if (code === 'corrupt-manifest' || code === 'permission-denied') return undefined
    const version = findLine(references, at.branch)?.versions.find((it) => it.version === at.version)
    if (code !== 'unsupported-format' || version === undefined) throw error
    return decodeManifest(await dataset.store.read(version.path, MAX_MANIFEST_BYTES))
  }
}
