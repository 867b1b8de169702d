import { formatNoun } from '#shared/model/format.ts'
import { toFinding } from '../finding.ts'
import type { Check } from './check.ts'

/** Sidecars with large values lie beside a data file that is there, and none is empty. What lies in them is for `deep`. */
export const checkBlobs: Check = ({ survey, counted }) => {
  const blobs = survey.snapshot.files.filter(({ placed }) => placed.kind === 'blob' && placed.key !== undefined)
  for (const { path } of blobs) counted(path)
  const named = new Set(survey.files.data.map(({ shown }) => shown))
  const bad = blobs.flatMap(({ path, bytes, placed }) => {
    if (bytes === 0 && named.has(placed.key ?? '')) return [{ path, text: `${path} is empty.` }]
    return named.has(placed.key ?? '') && !survey.sizes.has(placed.key ?? '')
      ? [{ path, text: `${path} belongs to ${placed.key ?? ''}, which is missing.` }]
      : []
  })
  if (bad.length === 0) {
    const title =
      blobs.length === 0
        ? 'There are no sidecar files of large values.'
        : `${formatNoun(blobs.length, 'sidecar file')} of large values ${blobs.length === 1 ? 'lies' : 'lie'} where they should.`
    return [toFinding('blobs', 'pass', { title })]
  }
  return [
    toFinding('blobs', 'fail', {
      title: `${formatNoun(bad.length, 'sidecar file')} of large values cannot be used.`,
      evidence: bad.map(({ text }) => text),
      remedy: 'Restore the files from a backup: the values in them are nowhere else.',
      paths: bad.map(({ path }) => path),
    }),
  ]
}
