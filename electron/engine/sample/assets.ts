import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { AppError } from '#shared/errors.ts'
import { parseCsv, type CsvRow } from './csv.ts'

/** The sources of the sample as they lie in `assets/sample`. */
export interface SampleAssets {
  readonly documents: readonly SampleDocument[]
  readonly authors: readonly CsvRow[]
  readonly glossary: readonly CsvRow[]
  /** PNG files of a topic, by topic. */
  readonly images: ReadonlyMap<string, readonly Uint8Array[]>
  readonly judged: JudgedAssets
}

/** Questions with the titles a person judged relevant and not. */
export interface JudgedAssets {
  readonly name: string
  readonly k: number
  readonly keyColumn: string
  /** What is searched of all rows (SQL). */
  readonly filter: string
  readonly questions: readonly {
    readonly asked: string
    readonly relevant: readonly string[]
    readonly notRelevant: readonly string[]
  }[]
}

export interface SampleDocument {
  readonly name: string
  readonly title: string
  /** One sentence each. */
  readonly sentences: readonly string[]
  /** The document's line of documents.csv. */
  readonly facts: CsvRow
}

/** Reads all sources; `internal` when this installation lacks them. */
export function readSampleAssets(): SampleAssets {
  const folder = findAssets()
  const facts = new Map(readTable(folder, 'documents.csv').map((row) => [row['document'] ?? '', row]))
  const documents = readdirSync(join(folder, 'documents'))
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .map((file) => readDocument(folder, file, facts))
  return {
    documents,
    authors: readTable(folder, 'authors.csv'),
    glossary: readTable(folder, 'glossary.csv'),
    images: readImages(join(folder, 'images')),
    judged: JSON.parse(readFileSync(join(folder, 'relevance.json'), 'utf8')) as JudgedAssets,
  }
}

function readDocument(folder: string, file: string, facts: ReadonlyMap<string, CsvRow>): SampleDocument {
  const name = file.slice(0, -'.md'.length)
  const [heading = '', ...rest] = readFileSync(join(folder, 'documents', file), 'utf8').split('\n')
  const sentences = rest.map((line) => line.trim()).filter((line) => line !== '')
  return { name, title: heading.replace(/^# /, ''), sentences, facts: facts.get(name) ?? {} }
}

function readTable(folder: string, file: string): readonly CsvRow[] {
  return parseCsv(readFileSync(join(folder, file), 'utf8'))
}

function readImages(folder: string): ReadonlyMap<string, readonly Uint8Array[]> {
  const images = new Map<string, Uint8Array[]>()
  for (const file of readdirSync(folder).toSorted()) {
    const topic = /^(.+)-\d+\.png$/.exec(file)?.[1]?.replaceAll('-', ' ')
    if (topic === undefined) continue
    images.set(topic, [...(images.get(topic) ?? []), readFileSync(join(folder, file))])
  }
  return images
}

/**
 * `assets/sample` beside the packaged app's resources, or in the nearest folder above this file: the repository, whether
 * this runs from source or from `dist/desktop`.
 */
function findAssets(): string {
  const resources = (process as { resourcesPath?: string }).resourcesPath
  const candidates = resources === undefined ? [] : [resources]
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    candidates.push(folder)
    if (dirname(folder) === folder) break
  }
  const found = candidates
    .map((folder) => join(folder, 'assets', 'sample'))
    .find((folder) => existsSync(join(folder, 'documents.csv')))
  if (found !== undefined) return found
  throw new AppError({
    code: 'internal',
    message: 'The sources of the sample dataset are missing from this installation.',
    hint: 'Install Tiltyard again; your own datasets are not affected.',
  })
}
