import { failure, type Rule } from './error-rule.ts'

const CORRUPT_HINT = 'Restore the dataset from a backup, or look at an older version that does not use this file.'

/** What was to be read is not there, or may not be read. In order: the first match decides. */
export const READ_RULES: readonly Rule[] = [
  {
    pattern: /Query timeout after (\d+) ms/,
    to: (m) =>
      failure(
        'timeout',
        `Lance did not answer within ${Math.round(Number(m[1]) / 1000)} seconds.`,
        'Try again, or read less: fewer columns, a narrower filter, no sort.',
      ),
  },
  {
    pattern: /Panic in async function|panicked at/,
    to: (_, doing) =>
      doing === 'open'
        ? failure(
            'corrupt-manifest',
            'Lance broke off while opening the dataset; its manifest is probably damaged.',
            CORRUPT_HINT,
          )
        : failure(
            'corrupt-data',
            'Lance broke off while reading; a file of this version is probably damaged.',
            CORRUPT_HINT,
          ),
  },
  {
    pattern:
      /_versions\/(\d+)\.manifest[^,]* was not found|Not found: [^,]*?_versions\/(\d+)\.manifest|version \S+?:(\d+) does not exist/,
    to: (m) => {
      const version = versionOfName(m[1] ?? m[2] ?? m[3] ?? '')
      return failure(
        'version-not-found',
        `Version ${version} no longer exists: it was cleaned up, or never was.`,
        'Pick another version from the timeline.',
      )
    },
  },
  {
    pattern: /Not found: [^,]*?\/tree\/([^,]+?)\/_versions/,
    to: (m) => failure('ref-not-found', `There is no branch "${m[1]}".`, 'Pick another branch.'),
  },
  {
    pattern: /tag (\S+) does not exist/,
    to: (m) => failure('ref-not-found', `There is no tag "${m[1]}".`, 'Pick another tag.'),
  },
  {
    pattern: /Table '[^']*' was not found/,
    to: () =>
      failure(
        'not-a-dataset',
        'There is no Lance dataset here any more.',
        'Check that the folder was not moved or deleted.',
      ),
  },
  {
    pattern: /Not found: (?:[^,]*\/)?((?:data|_deletions|_indices)\/[^\s,]+)/,
    to: (m) =>
      failure(
        'missing-file',
        `The file ${m[1]} of this version is missing.`,
        'Restore the file from a backup, or look at rows and columns that do not need it.',
        { file: m[1] },
      ),
  },
  {
    pattern: /[Pp]ermission denied|PermissionDenied/,
    to: () =>
      failure(
        'permission-denied',
        'Tiltyard may not read files of this dataset.',
        'Ask for read permission on the folder and the files in it.',
      ),
  },
  {
    pattern: /No space left on device/,
    to: () => failure('disk-full', 'The disk is full.', 'Free some space and try again.'),
  },
  { pattern: /Read-only file system/, to: () => failure('read-only', 'The dataset lies on a read-only disk.') },
  {
    pattern: /Not a directory|NotADirectory/,
    to: () => failure('not-a-directory', 'This is a file, not a dataset folder.'),
  },
  {
    pattern: /Invalid read params Range\(\d+\.\.\d+\) for fragment|row ?id \d+ (?:does not exist|not found)/i,
    to: () => failure('row-not-found', 'This row does not exist in this version.', 'Reload the view.'),
  },
]

/** Files that are there and cannot be understood. */
export const DAMAGE_RULES: readonly Rule[] = [
  {
    pattern: /expected type URL: "\/?lance\.encodings/,
    to: () =>
      failure(
        'unsupported-format',
        'Data files of this version are encoded in a way only a newer Lance reads.',
        'Update Tiltyard, or read it with the tool that wrote it.',
      ),
  },
  {
    pattern:
      /file size is too small|magic number does not match|does not have sufficient data|does not appear to be a Lance file/,
    to: (_, doing) =>
      doing === 'open'
        ? failure('corrupt-manifest', 'The manifest of this dataset is damaged.', CORRUPT_HINT)
        : failure('corrupt-data', 'A file of this version is damaged or cut short.', CORRUPT_HINT),
  },
  {
    pattern:
      /Invalid range \d+\.\.\d+ for object of size \d+|not aligned to \d+ bytes|correct footer|corrupt file|Arrow file does not contain|out of bounds|invalid seek|Invalid protobuf|failed to decode Protobuf|Decompress/i,
    to: (_, doing) =>
      doing === 'open'
        ? failure('corrupt-manifest', 'The manifest of this dataset is damaged.', CORRUPT_HINT)
        : failure('corrupt-data', 'A file of this version is damaged or cut short.', CORRUPT_HINT),
  },
]

/** Number of a manifest from its file name; V2 names count down from 2^64 - 1. */
function versionOfName(name: string): string {
  return name.length === 20 ? String(2n ** 64n - 1n - BigInt(name)) : name
}
