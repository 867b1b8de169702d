/**
 * The parts of LanceDB's native classes Tiltyard uses. The package keeps them behind `inner` properties that exist at
 * run time but not in its public types; they alone hand out batches as untouched Arrow IPC bytes.
 */
export interface NativeBatches {
  /** The next batch as a complete Arrow IPC file in its own buffer, or null at the end. Never call it twice at once. */
  next(): Promise<Buffer | null>
}

export interface NativeTake {
  select(columns: [string, string][]): void
  selectColumns(columns: string[]): void
  withRowId(): void
  /** `timeoutMs` covers the whole stream and stops the work behind it. */
  execute(maxBatchLength?: number, timeoutMs?: number): Promise<NativeBatches>
}

export interface NativeQuery extends NativeTake, NativeSearchQuery {
  nearestTo(vector: Float32Array): NativeVectorQuery
  onlyIf(predicate: string): void
  /** Wraps at 2^32. */
  limit(limit: number): void
  /** Wraps at 2^32. */
  offset(offset: number): void
  orderBy(ordering: { columnName: string; ascending: boolean; nullsFirst: boolean }[]): void
  explainPlan(verbose: boolean): Promise<string>
}

export interface NativeSearchQuery {
  /** `query` is a native query object, made by LanceDB's own classes. */
  fullTextSearch(query: { readonly query: object }): void
  fastSearch(): void
  analyzePlan(): Promise<string>
}

export interface NativeVectorQuery extends NativeQuery {
  column(column: string): void
  addQueryVector(vector: Float32Array): void
  distanceType(metric: string): void
  refineFactor(factor: number): void
  minimumNprobes(count: number): void
  /** 0 = no bound. */
  maximumNprobes(count: number): void
  distanceRange(lower: number | null, upper: number | null): void
  ef(ef: number): void
  bypassVectorIndex(): void
  /** Vector queries alone have it: a full-text search always filters first. */
  postfilter(): void
}

export interface NativeBlobFile {
  size(): bigint
  readRange(start: bigint, end: bigint): Promise<Buffer>
}

export interface NativeTableHandle {
  query(): NativeQuery
  takeRowIds(rowIds: bigint[]): NativeTake
  /** Positions among the live rows, as `offset` counts them. */
  takeOffsets(offsets: number[]): NativeTake
  indexStats(name: string): Promise<{ readonly numUnindexedRows: number } | null>
  tokenize(
    text: string,
    column: string | null,
    index: string | null,
  ): Promise<{ readonly text: string; readonly position: number }[]>
  countRows(filter?: string): Promise<number>
  fetchBlobs(column: string, rowIds: bigint[]): Promise<(Buffer | undefined | null)[]>
  fetchBlobFiles(column: string, rowIds: bigint[]): Promise<(NativeBlobFile | undefined | null)[]>
  checkout(version: number): Promise<void>
  version(): Promise<number>
  /** Commits the checked-out version anew; the handle is at that commit afterwards. */
  restore(): Promise<void>
  /** Tags of any branch; `create` and `update` mean versions of the branch the handle is of. */
  tags(): Promise<NativeTags>
  /** Checks and then builds in the background; the handle is at the new version when the job is done. */
  createIndexAsync(
    index: object,
    column: string,
    replace: boolean,
    waitTimeoutS: number | null,
    name: string,
  ): Promise<NativeIndexJob>
  dropIndex(name: string): Promise<void>
  /** Reads all of an index into the cache. */
  prewarmIndex(name: string): Promise<void>
  /** Merged into the metadata of each field as one commit; null removes a key. */
  updateFieldMetadata(
    updates: { path: string; metadata: Record<string, string | null> }[],
  ): Promise<{ readonly version: number }>
  /** Compacts, removes versions older than the time, and folds rows into indices, in this order. */
  optimize(beforeTimestampMs: number): Promise<NativeOptimizeStats>
  branches(): Promise<NativeBranches>
  delete(predicate: string): Promise<{ readonly numDeletedRows: number; readonly version: number }>
  /** Writes the matching rows anew, with these columns computed, into fragments at the end. */
  update(
    onlyIf: string | null,
    columns: [column: string, sql: string][],
  ): Promise<{ readonly rowsUpdated: number; readonly version: number }>
  /** Commits one Arrow IPC file; a fragment of its own for about every million rows. */
  add(file: Buffer, mode: 'append' | 'overwrite'): Promise<{ readonly version: number }>
  /** The schema as an Arrow IPC file without rows. */
  schema(): Promise<Buffer>
  /** Columns without values: metadata only. The schema is an Arrow IPC file without rows. */
  addColumnsWithSchema(schema: Buffer): Promise<{ readonly version: number }>
  /** Columns computed from others, in a file of their own for each fragment. */
  addColumns(columns: { name: string; valueSql: string }[]): Promise<{ readonly version: number }>
  /** All of them in one commit; names are free for others of the same call. */
  alterColumns(changes: { path: string; rename: string }[]): Promise<{ readonly version: number }>
  dropColumns(columns: string[]): Promise<{ readonly version: number }>
  mergeInsert(on: string[]): NativeMerge
  close(): void
}

/** A merge being described: every call answers the one to go on with. The file must have the types of the table. */
export interface NativeMerge {
  whenMatchedUpdateAll(condition?: string): NativeMerge
  whenNotMatchedInsertAll(): NativeMerge
  /** Deletes rows of the table no row of the file matches, of those the filter takes. */
  whenNotMatchedBySourceDelete(filter?: string): NativeMerge
  useIndex(use: boolean): NativeMerge
  /** One Arrow IPC file, of some of the columns where rows are only updated. */
  execute(file: Buffer): Promise<{
    readonly version: number
    readonly numInsertedRows: number
    readonly numUpdatedRows: number
    readonly numDeletedRows: number
  }>
}

export interface NativeIndexJob {
  /** Rejects when the job failed or was cancelled. */
  wait(): Promise<void>
  cancel(): Promise<void>
}

export interface NativeOptimizeStats {
  readonly compaction: { readonly fragmentsRemoved: number; readonly fragmentsAdded: number }
  readonly prune: { readonly bytesRemoved: number; readonly oldVersionsRemoved: number }
}

export interface NativeTags {
  create(name: string, version: number): Promise<void>
  update(name: string, version: number): Promise<void>
  delete(name: string): Promise<void>
}

export interface NativeBranches {
  checkout(name: string, version?: number): Promise<NativeTableHandle>
  /** `fromBranch` null = main. */
  create(name: string, fromBranch: string | null, fromVersion: number): Promise<unknown>
  delete(name: string): Promise<void>
}

export interface NativeConnection {
  openTable(name: string): Promise<NativeTableHandle>
  createEmptyTable(
    name: string,
    schemaFile: Buffer,
    mode: 'create',
    namespace: null,
    storageOptions: Record<string, string>,
  ): Promise<NativeTableHandle>
}
