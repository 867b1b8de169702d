import { AppError, toErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import { joinPath } from '../../format/names.ts'
import { decodeTransaction } from '../../format/transaction.ts'
import { toFinding } from '../finding.ts'
import type { KnownVersion, Survey } from '../survey.ts'
import { inGroups, type Check } from './check.ts'

const MAX_FILE_BYTES = 256 * 1024 * 1024

/** Every transaction file is there, decodes, and repeats what the manifest it belongs to says of the commit. */
export const checkTransactions: Check = async ({ survey, pace, counted }) => {
  const bad: { readonly path: string; readonly manifest: string; readonly text: string }[] = []
  let checked = 0
  await inGroups(survey.versions, pace, async (version) => {
    const inline = inlineProblem(version)
    if (inline !== undefined) bad.push({ path: version.path, manifest: version.path, text: inline })
    const { file } = version.transaction
    if (file === '') return
    const path = joinPath(version.line.folder, '_transactions', file)
    checked++
    counted(path)
    const text = await problemOf(version, path, survey)
    if (text !== undefined) bad.push({ path, manifest: version.path, text })
  })
  if (bad.length === 0) {
    const title = `${formatNoun(checked, 'transaction file')} decode${checked === 1 ? 's' : ''} and agree${checked === 1 ? 's' : ''} with the manifests.`
    return [toFinding('transactions', 'pass', { title })]
  }
  return [
    toFinding('transactions', 'warn', {
      title: `${formatNoun(bad.length, 'record')} of commits ${bad.length === 1 ? 'is' : 'are'} missing or damaged.`,
      evidence: bad.map(({ path, text }) => `${path}: ${text}`),
      remedy:
        'No row is lost: what a commit did may be unknown, and a write that began before it may be refused. Restore the files from a backup if that matters.',
      // Where the two copies differ, either may be the damaged one.
      paths: bad.flatMap(({ path, manifest, text }) => (text.includes('not what') ? [path, manifest] : [path])),
    }),
  ]
}

/** The copy of the record inside the manifest. */
function inlineProblem({ transaction, version }: KnownVersion): string | undefined {
  if (transaction.bytes === undefined) return undefined
  try {
    const { readVersion, uuid } = decodeTransaction(transaction.bytes)
    // The first version of a branch is made from the version of the same number.
    if (readVersion > version) {
      return `its record says version ${version} was made from version ${readVersion}.`
    }
    return transaction.file === '' || transaction.file === `${readVersion}-${uuid}.txn`
      ? undefined
      : `its record is of another commit than ${transaction.file}.`
  } catch (error) {
    return toErrorValue(error).message
  }
}

async function problemOf(
  { transaction }: KnownVersion,
  path: string,
  { dataset }: Survey,
): Promise<string | undefined> {
  try {
    const bytes = await dataset.store.read(path, MAX_FILE_BYTES)
    const { readVersion, uuid } = decodeTransaction(bytes)
    if (transaction.file !== `${readVersion}-${uuid}.txn`) return 'it is the record of another commit.'
    if (transaction.bytes !== undefined && Buffer.compare(transaction.bytes, bytes) !== 0) {
      return 'it is not what the manifest says of the commit.'
    }
    return undefined
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') {
      return transaction.bytes === undefined ? 'it is missing.' : 'it is missing; the manifest keeps a copy.'
    }
    return toErrorValue(error).message.replace('The manifest', 'The transaction file')
  }
}
