import { AppError, type ErrorValue } from '#shared/errors.ts'
import { closeMatches } from './close-matches.ts'
import { failure, type Doing, type Rule } from './error-rule.ts'
import { WRITE_RULES } from './write-errors.ts'

export type { Doing } from './error-rule.ts'

/**
 * Turns what the native module threw into an AppError. LanceDB's errors carry no class and no code, only text, so this
 * file alone knows those texts (LanceDB 0.39, Lance 12); `detail.native` keeps the first sentence as evidence.
 */
export function toAppError(error: unknown, doing: Doing): AppError {
  if (error instanceof AppError) return error
  const text = error instanceof Error ? error.message : String(error)
  const native = cleanText(text)
  for (const rule of doing === 'write' ? [...WRITE_RULES, ...RULES] : RULES) {
    const match = rule.pattern.exec(text)
    if (match === null) continue
    const value = rule.to(match, doing)
    const detail = { ...(value.detail as object | undefined), native }
    return new AppError({ ...value, detail }, { cause: error })
  }
  return new AppError({ ...unknownFailure(doing, native), detail: { native } }, { cause: error })
}

/** Native text fit for people: no source paths, no repeated causes, no debug dumps. At most 400 characters. */
export function cleanText(text: string): string {
  const [first = ''] = text
    .replaceAll(/,? ?\/[^\s,]*\.cargo\/\S+|,? ?\/usr\/local\/cargo\/\S+?:\d+:\d+/g, '')
    .split(/ {2,}Caused by: |\n/)
  return PREFIXES.reduce((rest, prefix) => rest.replace(prefix, ''), first)
    .trim()
    .slice(0, 400)
}

/** What the native layers write before their reason, outermost first. */
const PREFIXES = [
  /^Failed to (?:execute query stream|retrieve the query plan|get next batch from stream): /,
  /^GenericFailure, /,
  /^Invalid input, /,
  /^lance error: /,
  /^LanceError\(\w+\): /,
]

const CORRUPT_HINT = 'Restore the dataset from a backup, or look at an older version that does not use this file.'
const FILTER_HINT = "Filters are SQL conditions, such as id > 10 and text like '%word%'."

function unknownFailure(doing: Doing, native: string): ErrorValue {
  switch (doing) {
    case 'filter':
      return failure('invalid-filter', `Lance does not accept this filter: ${native}`, FILTER_HINT)
    case 'open':
      return failure(
        'internal',
        `Lance could not open the dataset: ${native}`,
        'Try again; the engine log has the details.',
      )
    case 'write':
      return failure(
        'internal',
        `Lance could not write: ${native}`,
        'Look at the list of versions before trying again; the engine log has the details.',
      )
    case 'read':
      return failure(
        'internal',
        `Lance could not read the rows: ${native}`,
        'Try again; the engine log has the details.',
      )
  }
}

/** In order: the first match decides. */
const RULES: readonly Rule[] = [
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
  {
    pattern: /No field named (.+?)\. (?:Valid fields are (.+?)|Did you mean '(.+?)'\?)\.(?:\s|$|,)/s,
    to: (m) => unknownColumn(unquote(m[1] ?? ''), (m[2] ?? m[3] ?? '').split(/, /).map(unquote)),
  },
  { pattern: /Column (.+?) (?:does not exist|not found)/, to: (m) => unknownColumn(unquote(m[1] ?? ''), []) },
  { pattern: /Field '?(.+?)'? not found/, to: (m) => unknownColumn(unquote(m[1] ?? ''), []) },
  {
    pattern: /\(sql parser error: ([\s\S]*?)\)(?:,|\s{2}|$)/,
    to: (m) => failure('invalid-filter', parserSentence(m[1] ?? ''), FILTER_HINT, { syntax: m[1] }),
  },
  {
    pattern: /invalid SQL predicate: (.+?) at Line: (\d+), Column: (\d+)/,
    to: (m) =>
      failure(
        'invalid-filter',
        `The filter is not complete: ${lowerFirst(m[1] ?? '')}.`,
        'Close the quote or the bracket.',
        {
          line: Number(m[2]),
          column: Number(m[3]),
        },
      ),
  },
  {
    pattern: /Received literal (\w+)\(("?)([\s\S]*?)\2\) and could not convert to literal of type '([\s\S]+?)'(?:,|$)/,
    to: (m) =>
      failure(
        'invalid-filter',
        `The value ${m[2] === '"' ? `'${m[3]}'` : m[3]} does not fit a column of type ${typeWord(m[4] ?? '')}.`,
        "Compare with a value of the column's own type, or convert it with cast(… as …).",
        { literal: m[3] },
      ),
  },
  {
    pattern: /Invalid function '(.+?)'/,
    to: (m) =>
      failure(
        'invalid-filter',
        `There is no function "${m[1]}".`,
        'Check its name; the filter bar completes known functions.',
        { token: m[1] },
      ),
  },
  {
    pattern: /Operator (\S+) is not supported/,
    to: (m) =>
      failure('invalid-filter', `Lance does not know the operator ${m[1]} in filters.`, FILTER_HINT, { token: m[1] }),
  },
  {
    pattern: /Expression '([\s\S]+?)' is not supported SQL/,
    to: (m) =>
      failure(
        'invalid-filter',
        `Lance does not support this expression in filters: ${(m[1] ?? '').slice(0, 120)}`,
        'Sub-queries and CASE are not possible here.',
      ),
  },
  {
    pattern: /The filter ([\s\S]+?) does not return a boolean/,
    to: () =>
      failure(
        'invalid-filter',
        'The filter is a value, not a condition.',
        'Compare it with something, such as id = 1.',
      ),
  },
  {
    pattern: /regex parse error:[\s\S]*?error: (.+?)\)?$/,
    to: (m) =>
      failure(
        'invalid-filter',
        `The regular expression is not valid: ${m[1]}.`,
        'Escape special characters with a backslash.',
      ),
  },
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
  {
    pattern: /(?:Error during planning|Error optimizing sql filter)[^:]*: ([\s\S]+)/,
    to: (m) =>
      failure(
        'invalid-filter',
        `Lance does not accept this filter: ${cleanText(m[1] ?? '').slice(0, 200)}`,
        FILTER_HINT,
      ),
  },
  {
    pattern: /cannot cast|Cast error|Divide by zero|overflow/i,
    to: (_m, _d) =>
      failure(
        'invalid-filter',
        'The filter fails on some value: a conversion or a division is not possible.',
        'Use try_cast, or exclude those values first.',
      ),
  },
]

function unknownColumn(name: string, known: readonly string[]): ErrorValue {
  const similar = closeMatches(name, known)
  const hint =
    similar.length > 0
      ? `Did you mean ${similar.map((match) => `"${match}"`).join(' or ')}?`
      : 'Check the name; write names with spaces or capitals in backticks, and text in single quotes.'
  return failure('unknown-column', `There is no column "${name}".`, hint, { column: name })
}

function unquote(name: string): string {
  const text = name.trim()
  if (text.startsWith('"') && text.endsWith('"') && text.length > 1) return text.slice(1, -1).replaceAll('""', '"')
  return text.replaceAll(/`((?:[^`]|``)*)`/g, (_, inner: string) => inner.replaceAll('``', '`'))
}

function parserSentence(reason: string): string {
  const match = /^Expected: ([\s\S]+), found: ([\s\S]+?)(?: at Line: .*)?$/.exec(reason)
  if (match === null) return `The filter is not valid SQL: ${reason}.`
  const wanted = (match[1] ?? '').replace(/^an? /, (article) => article)
  return match[2] === 'EOF'
    ? `The filter ends too early: ${wanted} is missing.`
    : `The filter is not valid SQL: expected ${wanted}, but found ${match[2]}.`
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}

/** Arrow's Rust debug text of a type as a short word. */
function typeWord(type: string): string {
  const list = /^(?:Large|FixedSize)?List\(/.test(type)
  if (list) return 'list'
  return (/^\w+/.exec(type)?.[0] ?? type).toLowerCase().replace('utf8', 'string').replace('large', '')
}

/** Number of a manifest from its file name; V2 names count down from 2^64 - 1. */
function versionOfName(name: string): string {
  return name.length === 20 ? String(2n ** 64n - 1n - BigInt(name)) : name
}
