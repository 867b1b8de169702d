import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '#shared/errors.ts'
import { toAppError } from './errors.ts'

const AT = ', /usr/local/cargo/registry/src/index.crates.io-1949cf8c6b5b557f/lance-12.0.0/src/dataset/refs.rs:162:28'
const AGAIN = (text: string): string => `lance error: ${text}${AT}  Caused by: ${text}${AT}`

/** Texts LanceDB 0.39 gives when a write fails, with the code and the words a person reads. */
const KNOWN: readonly (readonly [string, ErrorCode, RegExp])[] = [
  [
    `Job failed: ${AGAIN("LanceError(Index): Index name 'b' already exists, please specify a different name or use replace=True")}`,
    'already-exists',
    /There is an index "b" already\./,
  ],
  ['Lance index not found: name=nope', 'index-not-found', /There is no index "nope"\./],
  [
    'Schema Error: A BTree index cannot be created on the field `tags` which has data type List(Utf8)',
    'not-indexable',
    /no BTree index on "tags", which holds List\(Utf8\)\./,
  ],
  [
    AGAIN('Unprocessable: Not enough rows to train PQ. Requires 256 rows but only 100 available'),
    'invalid-input',
    /at least 256 vectors, and there are 100\./,
  ],
  [
    AGAIN('Unprocessable: KMeans cannot train 400 centroids with 300 vectors; choose a smaller K (< 300)'),
    'invalid-input',
    /too few vectors to learn 400 partitions from: 300\./,
  ],
  [
    AGAIN(
      'LanceError(IO): Generic LocalFileSystem error: Unable to open file /d/t.lance/_refs/tags/x.json.tmp.6150#1: Permission denied (os error 13)',
    ),
    'read-only',
    /may not write into this dataset; nothing was changed/,
  ],
  [
    AGAIN('LanceError(IO): Permission denied (os error 13) at path "/d/t.lance/_transactions/.tmpYdKdwB"'),
    'read-only',
    /may not write/,
  ],
  [
    AGAIN(
      'LanceError(IO): Generic LocalFileSystem error: Unable to create dir /d/t.lance: Read-only file system (os error 30)',
    ),
    'read-only',
    /may not write/,
  ],
  [
    AGAIN(
      'LanceError(IO): Generic LocalFileSystem error: Unable to copy data to file: No space left on device (os error 28)',
    ),
    'disk-full',
    /no room left/,
  ],
  [
    AGAIN(
      'Retryable commit conflict for version 1317: This Rewrite transaction was preempted by concurrent transaction Update at version 1317. Please retry.',
    ),
    'commit-conflict',
    /Another program committed/,
  ],
  [AGAIN('Commit conflict for version 7: some reason'), 'commit-conflict', /Another program committed/],
  [AGAIN('Incompatible transaction: Restore and Append'), 'commit-conflict', /Another program committed/],
  [AGAIN('Too many concurrent writers. Attempted 20 times'), 'commit-conflict', /Another program committed/],
  [AGAIN('Ref conflict error: tag a already exists'), 'already-exists', /a tag "a" already/],
  [
    AGAIN('Ref conflict error: Branch exp/one is referenced by [("two", 3), ("three", 4)] versions, can not delete'),
    'in-use',
    /"exp\/one" cannot be deleted: the branches two, three started from it/,
  ],
  [
    AGAIN('Ref conflict error: Branch exp/one is referenced by tags [("t3", 3)], can not delete'),
    'in-use',
    /"exp\/one" cannot be deleted: the tag t3 points at its versions/,
  ],
  [
    AGAIN(
      'Encountered internal error. Please file a bug report at https://github.com/lance-format/lance/issues. Clone operation should not enter build_manifest.',
    ),
    'already-exists',
    /a branch of this name/,
  ],
  [AGAIN('Ref not found error: tag zz does not exist'), 'ref-not-found', /no tag "zz"/],
  [AGAIN('Ref not found error: Branch nope does not exist'), 'ref-not-found', /no branch "nope"/],
  [AGAIN('Version not found error: version exp/one:2 does not exist'), 'version-not-found', /^Version 2 /],
  [AGAIN('Version not found error: version main:99 does not exist'), 'version-not-found', /^Version 99 /],
  [
    AGAIN('Dataset at path d/t.lance/_versions/99.manifest was not found: Not found: d/t.lance/_versions/99.manifest'),
    'version-not-found',
    /^Version 99 /,
  ],
  [AGAIN('Not found: d/t.lance/tree/nope/_versions'), 'ref-not-found', /no branch "nope"/],
  [
    AGAIN(
      "Ref is invalid: Branch segment 'a b' contains invalid characters. Only alphanumeric, '.', '-', '_' are allowed.",
    ),
    'invalid-name',
    /Branch segment 'a b' contains invalid characters/,
  ],
  [AGAIN('Ref is invalid: Ref cannot have two consecutive dots'), 'invalid-name', /two consecutive dots\./],
  [
    AGAIN('LanceError(Arrow): EOF while parsing an object at line 1 column 1'),
    'corrupt-data',
    /tag or branch is damaged/,
  ],
  [
    AGAIN(
      'Not supported: This dataset cannot be written by this version of Lance. Please upgrade Lance to write to this dataset.\n Flags: 4096',
    ),
    'unsupported-format',
    /newer Lance/,
  ],
  [AGAIN('something nobody has seen'), 'internal', /Lance could not write: something nobody has seen$/],
]

describe('failed writes', () => {
  it.each(KNOWN)('%s', (text, code, words) => {
    const error = toAppError(new Error(text), 'write')
    expect(error.code).toBe(code)
    expect(error.message).toMatch(words)
    expect(error.message).not.toMatch(/cargo|\.rs:/)
    expect(error.hint).toMatch(/\.$/)
  })

  it('keeps a refused path apart from a refused read', () => {
    const text = 'LanceError(IO): Permission denied (os error 13)'
    expect(toAppError(new Error(text), 'read').code).toBe('permission-denied')
  })

  it('names the file operation of our own that failed', () => {
    const error = Object.assign(new Error("EACCES: permission denied, mkdir '/home/j%C3%B6rg'"), { code: 'EACCES' })
    expect(toAppError(error, 'write').code).toBe('read-only')
  })
})
