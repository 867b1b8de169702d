import { loadArrow, loadLanceDb } from './module.ts'
import type { NativeTable } from './native-table.ts'

/** A token as Lance gives it. Positions count from the first token that is left. */
export interface NativeToken {
  readonly text: string
  readonly position: number
}

/** The part of a tokenizer that cuts a text into words. */
export interface WordSplitter {
  readonly baseTokenizer: string
  readonly language?: string | undefined
}

/** What the tokenizer of a full-text index makes of a text. */
export function tokenizeByIndex(
  table: NativeTable,
  text: string,
  index: string,
  timeoutMs: number,
): Promise<readonly NativeToken[]> {
  return table.run('search', timeoutMs, (handle) => handle.tokenize(text, null, index))
}

/** No word is that long: none is dropped for its length. */
const ANY_LENGTH = 0x7fff_ffff

/**
 * The words of a text before any filter changes or drops them; undefined where LanceDB lacks the model of the tokenizer.
 * Runs on the calling thread, about 0.1 ms a kilobyte.
 */
export async function splitNative(text: string, splitter: WordSplitter): Promise<readonly string[] | undefined> {
  const { baseTokenizer, language } = splitter
  const options = {
    baseTokenizer,
    maxTokenLength: ANY_LENGTH,
    lowercase: false,
    stem: false,
    removeStopWords: false,
    asciiFolding: false,
    ...(language === undefined ? {} : { language }),
  }
  try {
    // Its types name the tokenizers of this release; an index may have been built with one of another.
    const tokens = await loadLanceDb().tokenize(text, options as never)
    return tokens.map((token) => token.text)
  } catch {
    return undefined
  }
}

/** Texts of the first column with the ids of their rows; null cells are left out. */
export function decodeTextRows(file: Uint8Array): readonly { readonly rowId: bigint; readonly text: string }[] {
  const table = loadArrow().tableFromIPC(file)
  const texts = table.getChildAt(0)
  const ids = table.getChild('_rowid')?.toArray() as BigUint64Array
  return Array.from(ids, (rowId, row) => ({ rowId, text: texts?.get(row) as unknown })).filter(
    (row): row is { rowId: bigint; text: string } => typeof row.text === 'string',
  )
}
