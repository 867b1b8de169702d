import { describe, expect, it } from 'vitest'
import { AppError, type ErrorCode } from '#shared/errors.ts'
import { toAppError, type Doing } from './errors.ts'
import { cleanText } from './native-text.ts'

const AT = ', /usr/local/cargo/registry/src/index.crates.io-1949cf8c6b5b557f/lance-io-12.0.0/src/local.rs:273:40'
const NEXT = 'Failed to get next batch from stream: lance error: '
const QUERY = 'Failed to execute query stream: GenericFailure, Invalid input, '
const PLAN = 'Failed to retrieve the query plan: GenericFailure, Invalid input, '

/** Texts as LanceDB 0.39 gives them, with the code and the words a person reads. */
const KNOWN: readonly (readonly [Doing, string, ErrorCode, RegExp])[] = [
  ['search', 'Invalid input, ef must be greater than or equal to k', 'invalid-input', /ef is smaller/],
  [
    'search',
    'position is not found but required for phrase queries, try recreating',
    'invalid-text-query',
    /no positions/,
  ],
  [
    'search',
    "FTS field 'id' must resolve to Utf8, LargeUtf8, Utf8View, or JSON, got Float64",
    'invalid-text-query',
    /"id" holds Float64/,
  ],
  ['search', 'boolean query must have at least one should/must query', 'invalid-text-query', /only excludes/],
  [
    'search',
    'Column i8 has element type Int8 and the query vector is Float32',
    'invalid-vector',
    /cannot search this column/,
  ],
  [
    'search',
    'No vector column found to match with the query vector dimension: 5',
    'invalid-vector',
    /No vector column has 5/,
  ],
  [
    'read',
    `${NEXT}Query Execution error: Execution error: Query timeout after 30000 ms`,
    'timeout',
    /within 30 seconds/,
  ],
  ['open', 'Panic in async function', 'corrupt-manifest', /manifest is probably damaged/],
  ['read', 'Panic in async function', 'corrupt-data', /file of this version/],
  [
    'open',
    `lance error: Dataset at path tmp/x y.lance/_versions/9999.manifest was not found: Not found: tmp/x y.lance/_versions/9999.manifest${AT}`,
    'version-not-found',
    /^Version 9999 no longer exists/,
  ],
  ['open', 'lance error: Not found: x/_versions/18446744073709551605.manifest', 'version-not-found', /^Version 10 /],
  [
    'open',
    `lance error: Not found: tmp/my db/b2.lance/tree/exp/one/_versions${AT}  Caused by: Not found: tmp`,
    'ref-not-found',
    /no branch "exp\/one"/,
  ],
  ['open', 'lance error: Ref not found error: tag nosuchtag does not exist', 'ref-not-found', /no tag "nosuchtag"/],
  [
    'open',
    "Table 'd-1' was not found  Caused by: Dataset at path x was not found: Not found: x/_versions",
    'not-a-dataset',
    /no Lance dataset here/,
  ],
  [
    'read',
    `${NEXT}LanceError(IO): Generic N/A error: Wrapped error: Not found: home/me/a b.lance/data/0111.lance${AT}`,
    'missing-file',
    /data\/0111\.lance of this version is missing/,
  ],
  ['read', `lance error: Not found: x.lance/_deletions/0-2-77.arrow${AT}`, 'missing-file', /_deletions\/0-2-77\.arrow/],
  [
    'open',
    'lance error: LanceError(IO): Unable to open file x/_versions/1.manifest: Permission denied (os error 13)',
    'permission-denied',
    /may not read/,
  ],
  [
    'open',
    'Invalid input, Failed to connect to namespace: IO { source: Generic { kind: PermissionDenied } }',
    'permission-denied',
    /may not read/,
  ],
  [
    'open',
    'lance error: LanceError(IO): Generic LocalFileSystem error: IO error for operation on x/_versions: Not a directory (os error 20)',
    'not-a-directory',
    /a file/,
  ],
  ['read', 'lance error: LanceError(IO): No space left on device (os error 28)', 'disk-full', /disk is full/],
  [
    'read',
    'Invalid input, Invalid read params Range(77..78) for fragment with 4 addressable rows',
    'row-not-found',
    /does not exist/,
  ],
  [
    'filter',
    `${PLAN}Schema error: No field named nope. Valid fields are \`id\`, \`text\`, \`st\`.\`a\`.`,
    'unknown-column',
    /^There is no column "nope"\.$/,
  ],
  ['filter', `${PLAN}Column a-b does not exist`, 'unknown-column', /"a-b"/],
  ['filter', `${PLAN}Error during planning: Field zz not found in struct`, 'unknown-column', /"zz"/],
  ['read', `${QUERY}Column nope not found`, 'unknown-column', /"nope"/],
  [
    'filter',
    `${PLAN}Error parsing statement: SELECT 1 FROM t WHERE id = = 1 (sql parser error: Expected: an expression, found: =)`,
    'invalid-filter',
    /expected an expression, but found =/,
  ],
  [
    'filter',
    `${PLAN}Error parsing statement: SELECT 1 FROM t WHERE id = (sql parser error: Expected: an expression, found: EOF)`,
    'invalid-filter',
    /ends too early: an expression is missing/,
  ],
  [
    'filter',
    `${PLAN}Invalid input, invalid SQL predicate: Unterminated string literal at Line: 1, Column: 8`,
    'invalid-filter',
    /unterminated string literal/,
  ],
  [
    'filter',
    `${PLAN}Error resolving filter expression id = 'abc': Invalid user input: Received literal Utf8("abc") and could not convert to literal of type 'Int64'${AT}`,
    'invalid-filter',
    /'abc' does not fit a column of type int64/,
  ],
  [
    'filter',
    `${PLAN}Error resolving filter expression vec = 3: Invalid user input: Received literal Int64(3) and could not convert to literal of type 'FixedSizeList(Field { data_type: Float32, nullable: true }, 16)'${AT}`,
    'invalid-filter',
    /3 does not fit a column of type list/,
  ],
  [
    'filter',
    `${PLAN}Error parsing function: Error during planning: Invalid function 'foo'.\nDid you mean 'cot'?`,
    'invalid-filter',
    /no function "foo"/,
  ],
  ['filter', `${PLAN}Operator ~ is not supported`, 'invalid-filter', /operator ~/],
  [
    'filter',
    `${PLAN}Expression 'id IN (SELECT 1)' is not supported SQL in lance`,
    'invalid-filter',
    /id IN \(SELECT 1\)/,
  ],
  ['filter', `${PLAN}The filter id does not return a boolean`, 'invalid-filter', /not a condition/],
  [
    'filter',
    `${PLAN}Error optimizing sql filter: regexp_like(text,'[') (regex parse error:\n    [\n    ^\nerror: unclosed character class)`,
    'invalid-filter',
    /unclosed character class/,
  ],
  [
    'filter',
    `${PLAN}Error optimizing sql filter: not id (Invalid user input: Error during planning: Cannot infer common argument type for comparison operation Int64 IS DISTINCT FROM Boolean${AT})`,
    'invalid-filter',
    /Cannot infer common argument type/,
  ],
  [
    'open',
    'lance error: LanceError(IO): file size is too small',
    'corrupt-manifest',
    /manifest of this dataset is damaged/,
  ],
  [
    'open',
    'LanceError(IO): Generic memory error: Invalid range 0..0 for object of size 0 bytes',
    'corrupt-manifest',
    /damaged/,
  ],
  [
    'open',
    'LanceError(IO): does not have sufficient data, len: 14, bytes: b"not a manifest"',
    'corrupt-manifest',
    /damaged/,
  ],
  [
    'read',
    'lance error: Encountered corrupt file x/_versions/1.manifest: Invalid format: magic number does not match',
    'corrupt-data',
    /damaged/,
  ],
  [
    'read',
    `${NEXT}LanceError(IO): Generic memory error: Invalid range 0..1469 for object of size 734 bytes`,
    'corrupt-data',
    /cut short/,
  ],
  [
    'read',
    'Invalid input, Global buffer 0 position 4330196531849420345 is not aligned to 64 bytes',
    'corrupt-data',
    /damaged/,
  ],
  [
    'read',
    `${NEXT}Invalid direct PageLayout encoding: failed to decode Protobuf message: unexpected type URL.type_url: expected type URL: "/lance.encodings21.PageLayout" (got: "/lance.encodings23.PlanarLayout")`,
    'unsupported-format',
    /only a newer Lance/,
  ],
  ['read', `${NEXT}Io error: invalid seek to a negative or overflowing position`, 'corrupt-data', /damaged/],
  ['read', 'lance error: Parser error: Arrow file does not contain correct footer', 'corrupt-data', /damaged/],
  [
    'read',
    'Failed to get next batch from stream: Invalid input, file does not appear to be a Lance file (invalid magic: [76, 65, 78, 67])',
    'corrupt-data',
    /damaged/,
  ],
  ['read', 'something never seen before', 'internal', /something never seen before/],
  ['filter', `${PLAN}something new about filters`, 'invalid-filter', /something new about filters/],
]

describe('native error texts', () => {
  it.each(KNOWN)('%s: %s', (doing, text, code, words) => {
    const error = toAppError(Object.assign(new Error(text), { code: 'GenericFailure' }), doing)
    expect(error.code).toBe(code)
    expect(error.message).toMatch(words)
    expect(JSON.stringify(error.toValue())).not.toMatch(/cargo|Caused by|GenericFailure/)
  })

  it('offer the columns that are like an unknown one', () => {
    const text = `${PLAN}Schema error: No field named txet. Valid fields are \`id\`, \`text\`, \`Title\`.`
    expect(toAppError(new Error(text), 'filter')).toMatchObject({
      hint: 'Did you mean "text"?',
      detail: { column: 'txet' },
    })
    const counting = 'Invalid input, Schema error: No field named titel. Valid fields are id, "Title", _rowid.'
    expect(toAppError(new Error(counting), 'filter').hint).toBe('Did you mean "Title"?')
  })

  it('leave an AppError as it is, and take anything else that was thrown', () => {
    const cancelled = new AppError({ code: 'cancelled', message: 'Cancelled.' })
    expect(toAppError(cancelled, 'read')).toBe(cancelled)
    expect(toAppError('text', 'read').code).toBe('internal')
    expect(toAppError(undefined, 'read').code).toBe('internal')
  })

  it('are cut to one sentence without source paths', () => {
    expect(cleanText(`${NEXT}Not found: x${AT}  Caused by: Not found: x${AT}`)).toBe('Not found: x')
    expect(cleanText(`rename failed\nSchema { fields: [ … ] }`)).toBe('rename failed')
    expect(cleanText('x'.repeat(1000))).toHaveLength(400)
  })
})
