import { stat } from 'node:fs/promises'
import { formatCount } from '#shared/model/format.ts'
import type { DetectedColumn } from '#shared/model/import/tables.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import type { DetectedTable, TableSource } from '../../parsing/index.ts'
import { Block } from '../bytes/block.ts'
import { Cells } from '../bytes/cells.ts'
import { openBytes } from '../bytes/open.ts'
import { datasetName } from '../csv/names.ts'
import { MAX_COLUMNS } from '../csv/open.ts'
import { typeName } from '../detect/infer.ts'
import { unreadable } from '../errors.ts'
import { entriesOf } from './entries.ts'
import { inferJson, nullable } from './infer.ts'
import { Keys } from './keys.ts'
import { openJson } from './open.ts'
import { LineSplitter } from './split.ts'

const HEAD_ROWS = 1000
const ELSEWHERE_ROWS = 200
const ELSEWHERE_BYTES = 1024 ** 2
const MAX_VALUES = 1_000_000

/** Values by key, in the order keys were first seen. */
class Sample {
  rows = 0
  readonly columns = new Map<string, (string | null)[]>()
  readonly #name: string

  constructor(name: string) {
    this.#name = name
  }

  readonly visit = (bytes: Buffer, start: number, end: number): void => {
    for (const [key, text] of entriesOf(bytes, start, end)) {
      let values = this.columns.get(key)
      if (values === undefined) {
        values = []
        this.columns.set(key, values)
        if (this.columns.size > MAX_COLUMNS) {
          throw unreadable(
            this.#name,
            `its records have more than ${formatCount(MAX_COLUMNS)} different keys.`,
            'Keys that are data, such as ids, cannot become columns: bring the records into one shape first.',
          )
        }
      }
      // Keys that come late, or twice, keep their place among the rows.
      while (values.length < this.rows) values.push(null)
      values[this.rows] = nullable(text)
    }
    this.rows++
  }
}

/** Types of the keys of a JSON file's records. */
export async function detectJson(source: TableSource, _nullTokens: readonly string[]): Promise<DetectedTable> {
  const sample = new Sample(source.name)
  const json = await openJson(source, new Keys(), sample.visit)
  try {
    const cells = new Cells(json.block, 1)
    let rows = 0
    let bad = 0
    const most = (): number =>
      Math.max(20, Math.min(HEAD_ROWS, Math.floor(MAX_VALUES / Math.max(1, sample.columns.size))))
    while (rows < most()) {
      cells.clear()
      const taken = json.splitter.split(cells, Math.min(50, most() - rows))
      rows += taken
      bad += cells.faults.length
      if (taken > 0) continue
      if (json.block.isLast) break
      await json.fill()
    }
    if (sample.rows === 0)
      throw unreadable(source.name, rows === 0 ? 'it has no records.' : 'none of its records is a JSON object.')
    const isWhole = json.block.isLast && json.block.start >= json.block.end
    if (!isWhole && json.records === undefined) await visitElsewhere(source, json.encoding, sample)
    const problems: ImportProblem[] = []
    if (json.records !== undefined && json.records !== '') {
      problems.push({ severity: 'note', message: `The records are the list at "${json.records}".` })
    }
    if (bad > 0) {
      const message = `${formatCount(bad)} of the first ${formatCount(rows)} records are no JSON objects.`
      problems.push({ severity: 'warning', message, hint: 'Choose what is done with bad rows.' })
    }
    return {
      columns: [...sample.columns].map(([name, values]) => describe(name, values, sample.rows)),
      reading: {
        ...source.reading,
        encoding: json.encoding,
        ...(json.records === undefined ? {} : { records: json.records }),
      },
      ...(isWhole ? { rows } : {}),
      problems,
      sampled: sample.rows,
    }
  } finally {
    await json.close()
  }
}

function describe(name: string, values: readonly (string | null)[], rows: number): DetectedColumn {
  const all = [...values, ...Array.from({ length: rows - values.length }, () => null)]
  const guess = inferJson(all)
  const renamed = datasetName(name)
  const notes: ImportProblem[] =
    renamed === name ? [] : [{ severity: 'note', message: `A name may not have dots: it becomes "${renamed}".` }]
  return {
    source: name,
    type: typeName(guess),
    sourceType: 'JSON',
    evidence: guess.evidence,
    nulls: guess.nulls,
    examples: guess.examples,
    problems: [...notes, ...guess.problems],
  }
}

/** Whole lines of the middle and the end. */
async function visitElsewhere(source: TableSource, encoding: string, sample: Sample): Promise<void> {
  const { size } = await stat(source.path)
  if (source.compression !== undefined || encoding !== 'utf-8' || size < ELSEWHERE_BYTES * 4) return
  for (const start of [Math.floor(size / 2), size - ELSEWHERE_BYTES]) {
    const bytes = openBytes({ ...source, start })
    try {
      const block = new Block(bytes.chunks)
      await block.fill()
      const firstEnd = block.bytes.indexOf(10)
      if (firstEnd < 0 || firstEnd >= block.end) continue
      block.start = firstEnd + 1
      new LineSplitter({ keys: new Keys(), visit: sample.visit }).split(new Cells(block, 1), ELSEWHERE_ROWS)
    } finally {
      await bytes.chunks.return(undefined)
    }
  }
}
