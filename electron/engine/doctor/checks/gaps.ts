import { formatNoun } from '#shared/model/format.ts'
import { formatManifestName, joinPath } from '../../format/names.ts'
import { parseTransactionName } from '../transaction-name.ts'
import { toFinding } from '../finding.ts'
import { nameLine } from '../survey.ts'
import type { Check } from './check.ts'

/**
 * Versions that are gone while the record of their commit is still there. A cleanup removes both, so the manifest was lost
 * or the commit never finished.
 */
export const checkGaps: Check = ({ survey: { snapshot, versions, broken } }) => {
  const named = new Set(
    versions.map(({ line, transaction }) => joinPath(line.folder, '_transactions', transaction.file)),
  )
  return snapshot.references.lines.flatMap((line) => {
    const there = new Set([...versions, ...broken].filter((it) => it.line === line).map(({ version }) => version))
    const lost = snapshot.files.flatMap(({ path, placed }) => {
      if (placed.kind !== 'transaction' || placed.folder !== line.folder || named.has(path)) return []
      const read = parseTransactionName(path)
      if (read === undefined) return []
      // The first version of a branch has the number of the one it was made from.
      const version = line.branch !== undefined && there.has(read + 1) ? read : read + 1
      return there.has(version) ? [] : [{ path, version }]
    })
    // Lance fills numbers without holes, so only a number below the newest must have been committed.
    const newest = Math.max(0, ...there)
    const sure = lost.filter(({ version }) => version < newest)
    if (sure.length === 0) return []
    const manifests = [
      ...new Set(sure.map(({ version }) => joinPath(line.folder, '_versions', formatManifestName(version, 'v2')))),
    ]
    return [
      toFinding('manifests', 'warn', {
        title: `${formatNoun(manifests.length, 'manifest')} of ${nameLine(line)} ${manifests.length === 1 ? 'is' : 'are'} gone, though the record of the commit is still there.`,
        evidence: sure.map(({ path, version }) => `Version ${version}: ${path} is there, its manifest is not.`),
        remedy: 'Restore the manifests from a backup if those versions are needed. The newest version is not touched.',
        paths: [...manifests, ...sure.map(({ path }) => path)],
      }),
    ]
  })
}
