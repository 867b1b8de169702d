import { failure, type Rule } from './error-rule.ts'

/** Texts of failed writes (LanceDB 0.39, Lance 12). They come before those of reads. In order: the first match decides. */
export const WRITE_RULES: readonly Rule[] = [
  {
    pattern: /Permission denied|PermissionDenied|Read-only file system|EACCES|EPERM|EROFS/,
    to: () =>
      failure(
        'read-only',
        'Tiltyard may not write into this dataset; nothing was changed.',
        'Ask for write permission on the folder and everything in it.',
      ),
  },
  {
    pattern: /No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/,
    to: () =>
      failure(
        'disk-full',
        'There is no room left on the disk; the change was not made.',
        'Free some space, then try again.',
      ),
  },
  {
    pattern:
      /[Cc]ommit conflict for version (\d+)|Incompatible transaction|Too many concurrent writers|was preempted by/,
    to: () =>
      failure(
        'commit-conflict',
        'Another program committed to this dataset at the same moment; the change was not made.',
        'Look at the newest version, then try again.',
      ),
  },
  {
    pattern: /tag (\S+) already exists/,
    to: (m) => failure('already-exists', `There is a tag "${m[1]}" already.`, 'Choose another name, or move that tag.'),
  },
  {
    pattern: /Branch (\S+) is referenced by tags \[(.*?)\], can not delete/,
    to: (m) => {
      const names = quoted(m[2] ?? '')
      return failure(
        'in-use',
        `The branch "${m[1]}" cannot be deleted: ${names.length === 1 ? 'the tag' : 'the tags'} ${names.join(', ')} ${names.length === 1 ? 'points' : 'point'} at its versions.`,
        'Delete or move them first.',
        { tags: names },
      )
    },
  },
  {
    pattern: /Branch (\S+) is referenced by \[(.*?)\] versions, can not delete/,
    to: (m) => {
      const names = quoted(m[2] ?? '')
      return failure(
        'in-use',
        `The branch "${m[1]}" cannot be deleted: ${names.length === 1 ? 'the branch' : 'the branches'} ${names.join(', ')} started from it.`,
        'Delete them first.',
        { branches: names },
      )
    },
  },
  {
    pattern: /Clone operation should not enter build_manifest/,
    to: () => failure('already-exists', 'There is a branch of this name already.', 'Choose another name.'),
  },
  {
    pattern: /Index name '(.+?)' already exists/,
    to: (m) =>
      failure(
        'already-exists',
        `There is an index "${m[1]}" already.`,
        'Choose another name, or ask to replace the index: queries use the old one until the new one is built.',
        { index: m[1] },
      ),
  },
  {
    pattern: /Lance index not found: name=(.+?)(?:, |$)/,
    to: (m) => failure('index-not-found', `There is no index "${m[1]}".`, 'Refresh the list of indices.'),
  },
  {
    pattern: /An? (.+?) index cannot be created on the field `(.+?)` which has data type ([^,]+)/,
    to: (m) =>
      failure(
        'not-indexable',
        `Lance builds no ${m[1]} index on "${m[2]}", which holds ${m[3]}.`,
        'Choose another type of index or another column.',
      ),
  },
  {
    pattern: /Not enough rows to train PQ\. Requires (\d+) rows but only (\d+) available/,
    to: (m) =>
      failure(
        'invalid-input',
        `Product quantization learns from at least ${m[1]} vectors, and there are ${m[2]}.`,
        'Choose IVF_FLAT, or no index: so few rows are searched one by one in no time.',
      ),
  },
  {
    pattern: /Cannot train (?:IVF|KMeans)|KMeans cannot train (\d+) centroids with (\d+) vectors/,
    to: (m) =>
      failure(
        'invalid-input',
        `There are too few vectors to learn ${m[1] ?? 'that many'} partitions from${m[2] === undefined ? '' : `: ${m[2]}`}.`,
        'Ask for fewer partitions.',
      ),
  },
  {
    pattern: /Branch (\S+) does not exist/,
    to: (m) => failure('ref-not-found', `There is no branch "${m[1]}".`, 'Refresh the list of branches.'),
  },
  {
    pattern: /Ref is invalid: ([^,]+?)(?: {2}|,|$)/,
    to: (m) => failure('invalid-name', `Lance does not accept this name: ${m[1]}.`, 'Choose another name.'),
  },
  {
    pattern: /cannot be written by this version of Lance/,
    to: () =>
      failure(
        'unsupported-format',
        'This dataset uses features of a newer Lance that this build may not write; nothing was changed.',
        'Update Tiltyard, or write with the tool that made the dataset.',
      ),
  },
  {
    pattern:
      /EOF while parsing|expected value at line|trailing characters at line|expected .{1,3} at line|missing field/,
    to: () =>
      failure(
        'corrupt-data',
        'The file of a tag or branch is damaged, so Lance does not go on; nothing was changed.',
        'The list of tags and branches says which one. Delete that tag, or restore the file from a backup.',
      ),
  },
]

/** The names in `[("two", 3), ("x", 4)]`. */
function quoted(list: string): readonly string[] {
  return [...list.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '')
}
