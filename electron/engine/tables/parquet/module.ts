import { readFile } from 'node:fs/promises'
import init, * as parquet from 'parquet-wasm/esm'

/** Beside the built thread; in the sources, where the package has it. */
const WASM_FILE = import.meta.url.endsWith('.ts')
  ? new URL('../../../../node_modules/parquet-wasm/esm/parquet_wasm_bg.wasm', import.meta.url)
  : new URL('parquet_wasm_bg.wasm', import.meta.url)

/** Most that is reserved at once: what a row group read as a whole takes, packed and unpacked. */
const MAX_RESERVED_BYTES = 256 * 1024 ** 2

interface Allocator {
  readonly allocate: (byteLength: number, align: number) => number
  readonly free: (at: number, byteLength: number, align: number) => void
}

let loading: Promise<typeof parquet> | undefined
let allocator: Allocator | undefined
let reservedBytes = 0

/** Rust's Parquet reader as WebAssembly, loaded when it is first needed. */
export function loadParquet(): Promise<typeof parquet> {
  loading ??= (async () => {
    const loaded = await init({ module_or_path: await readFile(WASM_FILE) })
    allocator = { allocate: loaded.__wbindgen_malloc, free: loaded.__wbindgen_free }
    return parquet
  })()
  return loading
}

/**
 * Makes room in the memory of the loaded reader. Left to itself it grows piece by piece, and V8 collects garbage at every few
 * pieces, which takes longer than the reading. Room that is not used takes no memory.
 */
export function reserveMemory(byteLength: number): void {
  const wanted = Math.min(byteLength, MAX_RESERVED_BYTES)
  if (allocator === undefined || wanted <= reservedBytes) return
  reservedBytes = wanted
  allocator.free(allocator.allocate(wanted, 1), wanted, 1)
}
