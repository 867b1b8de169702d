import { stat } from 'node:fs/promises'
import { proveAppend, type AppendProof } from '../appends/index.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { checkWritable, commitFolders } from '../datasets/index.ts'
import { addRows, createEmpty, decodeRows, nativeWriterFor } from '../lance/index.ts'
import { beginWrite, type BegunWrite, type WriteEnd } from '../ledger/index.ts'
import { expandPath } from '../store/local-path.ts'
import { checkNewPlace } from '../store/new-place.ts'
import { recordFieldsOf, type RecordField } from './record-type.ts'
import type { IncomingLine, StreamTarget } from './stream-session.ts'
import { toArrowFile } from './to-arrow.ts'

/** Told around every commit, so that a file's place can be kept. */
export interface CommitWatcher {
  before(dataset: OpenDataset, proof: AppendProof, columns: readonly string[], last: IncomingLine): Promise<void>
  after(dataset: OpenDataset, last: IncomingLine): Promise<void>
}

/**
 * The dataset a stream writes to, one that is there or one its first record makes. All its commits are one entry of the
 * ledger, and so one step of undo.
 */
export class DatasetTarget implements StreamTarget {
  readonly #context: EngineContext
  readonly #title: string
  readonly #watcher: CommitWatcher | undefined
  readonly #signal = new AbortController().signal
  #location: string
  #dataset: OpenDataset | undefined
  #fields: readonly RecordField[] | undefined
  #write: BegunWrite | undefined

  private constructor(context: EngineContext, location: string, title: string, watcher: CommitWatcher | undefined) {
    this.#context = context
    this.#location = location
    this.#title = title
    this.#watcher = watcher
  }

  /** Opens the dataset, or checks that one can be made there. Fails like `datasets.open`, `read-only`, `invalid-name`. */
  static async open(
    context: EngineContext,
    location: string,
    title: string,
    watcher?: CommitWatcher,
  ): Promise<DatasetTarget> {
    const isThere = await stat(expandPath(location)).then(
      () => true,
      () => false,
    )
    const target = new DatasetTarget(context, location, title, watcher)
    if (isThere) await target.#openDataset()
    else target.#location = (await checkNewPlace(location, context.paths.root)).location
    return target
  }

  get location(): string {
    return this.#location
  }

  get dataset(): OpenDataset | undefined {
    return this.#dataset
  }

  get fields(): readonly RecordField[] | undefined {
    return this.#fields
  }

  async create(fields: readonly RecordField[]): Promise<void> {
    const { location, parent, name } = await checkNewPlace(this.#location, this.#context.paths.root)
    const place = { folder: parent, name, dataDir: this.#context.paths.dataDir }
    // Only its schema counts, and an Arrow file without a batch is none to LanceDB.
    const schema = Buffer.from(toArrowFile(fields, [fields.map(() => null)]))
    const made = await createEmpty(schema, place)
    made.close()
    this.#location = location
    await this.#openDataset()
  }

  async append(file: Uint8Array, rows: number, last: IncomingLine): Promise<number> {
    const dataset = this.#dataset
    if (dataset === undefined) throw new Error('a stream commits before its dataset is there')
    const writer = nativeWriterFor(this.#context.paths.dataDir)
    return writer.inTurn(dataset, this.#signal, async () => {
      const { version } = await dataset.resolve()
      this.#write ??= await beginWrite(this.#context, dataset, { operation: 'import.stream', title: this.#title })
      if (this.#watcher !== undefined) {
        const columns = (this.#fields ?? []).map(({ name }) => name)
        const proof = proveAppend(decodeRows(file), columns)
        if (proof === undefined) throw new Error('a stream commits no rows')
        await this.#watcher.before(dataset, { base: version, rows, ...proof }, columns, last)
      }
      const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
      const made = await addRows(writer, dataset, bytes, 'append')
      await this.#watcher?.after(dataset, last)
      return made.version
    })
  }

  /** Ends the entry of the ledger, if there is one, and lets the dataset go. */
  async close(end: WriteEnd): Promise<void> {
    await this.#write?.end(end)
    if (this.#dataset !== undefined) this.#context.datasets.close(this.#dataset.handle, this.#holder.signal)
    this.#holder.abort()
  }

  readonly #holder = new AbortController()

  async #openDataset(): Promise<void> {
    const dataset = await this.#context.datasets.open(this.#location, this.#holder.signal)
    await checkWritable(dataset, undefined, [...commitFolders(undefined), 'data'])
    this.#location = dataset.location
    this.#dataset = dataset
    this.#fields = recordFieldsOf((await dataset.manifest(await dataset.resolve())).schema)
  }
}
