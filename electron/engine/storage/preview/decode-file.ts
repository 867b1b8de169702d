import { AppError } from '#shared/errors.ts'
import type { MetadataTree } from '#shared/model/metadata.ts'
import { MAX_MANIFEST_BYTES } from '../../datasets/index.ts'
import { readByTail } from '../../fragments/index.ts'
import { damageOf } from '../../format/corrupt.ts'
import { describeArrowFile } from '../../format/tree/arrow-tree.ts'
import { describeDataFileTree } from '../../format/tree/data-file-tree.ts'
import { describeMessage } from '../../format/tree/decode.ts'
import { describeDeletions } from '../../format/tree/deletion-tree.ts'
import { parseExactly, toTree } from '../../format/tree/json-tree.ts'
import { describeManifestTree, describeTransactionTree } from '../../format/tree/transaction-tree.ts'
import type { ObjectInfo, ObjectStore } from '../../store/object-store.ts'
import { placeFile } from '../paths.ts'

const MAX_JSON_BYTES = 4 * 1024 * 1024
const MAX_TRANSACTION_BYTES = 256 * 1024 * 1024
const MAX_DELETION_BYTES = 64 * 1024 * 1024
const MAX_SHARD_BYTES = 16 * 1024 * 1024
const MAX_ARROW_BYTES = 64 * 1024 * 1024

/** The contents of a metadata file as a tree; undefined for files that hold rows, bytes, or what nobody knows. */
export async function decodeFile(store: ObjectStore, info: ObjectInfo): Promise<MetadataTree | undefined> {
  const { path } = info
  switch (placeFile(path).kind) {
    case 'manifest':
    case 'detached-manifest':
      return describeManifestTree(await store.read(path, MAX_MANIFEST_BYTES))
    case 'transaction':
      return readTransaction(store, path)
    case 'version-hint':
    case 'tag':
    case 'branch':
      return readJson(store, path)
    case 'deletion':
      return describeDeletions(await store.read(path, MAX_DELETION_BYTES), path.endsWith('.bin') ? 'bitmap' : 'arrow')
    case 'data':
    case 'index':
      return /\.(lance|idx)$/.test(path) ? readByTail(store, path, info.bytes, describeDataFileTree) : undefined
    case 'wal':
      return decodeLog(store, info)
    case 'blob':
    case 'computed-signature':
    case 'reserved':
    case 'temporary':
    case 'unknown':
      return undefined
  }
}

/** Files below `_mem_wal/{shard}/`: shard manifests, hints, logged batches, and whole datasets of flushed rows. */
async function decodeLog(store: ObjectStore, info: ObjectInfo): Promise<MetadataTree | undefined> {
  const { path } = info
  const inner = /_gen_\d+\/(.+)$/.exec(path)?.[1]
  if (path.endsWith('.binpb')) return readShard(store, path)
  if (path.endsWith('.json')) return readJson(store, path)
  if (path.endsWith('.arrow') && info.bytes <= MAX_ARROW_BYTES) return describeArrowFile(await store.read(path))
  if (path.endsWith('.lance') || path.endsWith('.idx')) {
    return readByTail(store, path, info.bytes, describeDataFileTree)
  }
  const kind = inner === undefined ? undefined : placeFile(inner).kind
  if (kind === 'manifest') return describeManifestTree(await store.read(path, MAX_MANIFEST_BYTES))
  if (kind === 'transaction') return readTransaction(store, path)
  return undefined
}

async function readTransaction(store: ObjectStore, path: string): Promise<MetadataTree> {
  const bytes = await store.read(path, MAX_TRANSACTION_BYTES)
  return damageOf('transaction', () => describeTransactionTree(bytes))
}

async function readShard(store: ObjectStore, path: string): Promise<MetadataTree> {
  const bytes = await store.read(path, MAX_SHARD_BYTES)
  return damageOf('file', () => describeMessage('ShardManifest', bytes))
}

async function readJson(store: ObjectStore, path: string): Promise<MetadataTree> {
  const text = new TextDecoder().decode(await store.read(path, MAX_JSON_BYTES))
  try {
    return toTree(parseExactly(text), 0)
  } catch (cause) {
    throw new AppError({ code: 'corrupt-data', message: 'The file is damaged: it is no JSON.' }, { cause })
  }
}
