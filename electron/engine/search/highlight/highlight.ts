import type { Input, Output } from '#shared/contract/index.ts'
import type { EngineContext } from '../../context.ts'
import { decodeTextRows, quoteIdentifier } from '../../lance/index.ts'
import { openView, parseRowId, READ_TIMEOUT_MS, requireReadable, type View } from '../../rows/index.ts'
import { textIndexOf } from '../tokenize/tokenize.ts'
import { Tokenizer } from '../tokenize/tokenizer.ts'
import { findRanges } from './match.ts'
import { wantedIn } from './wanted.ts'

/** Characters of a cell looked at; what comes after them is not searched. */
const MAX_CELL_CHARACTERS = 100_000
/** Rows taken at a time, so that long cells do not lie in memory all at once. */
const ROWS_AT_ONCE = 50

type Cell = Output<'search.highlight'>['cells'][number]

/**
 * Ranges of cells that match a query. Cells without any, null cells, rows that do not exist, and columns that are not plain
 * text are left out.
 */
export async function highlightCells(
  context: EngineContext,
  input: Input<'search.highlight'>,
  signal: AbortSignal,
): Promise<Output<'search.highlight'>> {
  const view = await openView(context, input)
  const ids = [...new Set(input.rowIds.map(parseRowId))]
  const query = typeof input.text === 'string' ? ({ kind: 'match', terms: input.text } as const) : input.text
  const cells: Cell[] = []
  for (const column of new Set(input.columns)) {
    const field = requireReadable(view.manifest, column)
    const tokenizer = new Tokenizer(view.table, textIndexOf(view, column))
    const wanted = await wantedIn(query, column, tokenizer)
    const isText = field.logicalType === 'string' || field.logicalType === 'large_string'
    if (!isText || wanted.every(({ tokens }) => tokens.length === 0)) continue
    for (let from = 0; from < ids.length; from += ROWS_AT_ONCE) {
      signal.throwIfAborted()
      const texts = await takeTexts(view, column, ids.slice(from, from + ROWS_AT_ONCE), signal)
      const words = await tokenizer.words(texts.map(({ text }) => text))
      for (const [i, { rowId }] of texts.entries()) {
        const ranges = findRanges(words[i] ?? [], wanted)
        if (ranges.length > 0) cells.push({ rowId: String(rowId), column, ranges })
      }
    }
  }
  return { cells }
}

async function takeTexts(view: View, column: string, ids: readonly bigint[], signal: AbortSignal) {
  // Lance has no `substr`, and `left` gives a type of text that not every reader of Arrow knows.
  const sql = `arrow_cast(left(${quoteIdentifier(column)}, ${MAX_CELL_CHARACTERS}), 'Utf8')`
  const select = [{ name: column, sql }]
  const texts: { readonly rowId: bigint; readonly text: string }[] = []
  for await (const file of view.table.take(ids, select, { timeoutMs: READ_TIMEOUT_MS, signal })) {
    texts.push(...decodeTextRows(file))
  }
  return texts
}
