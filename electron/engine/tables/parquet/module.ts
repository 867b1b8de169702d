import { readFile } from 'node:fs/promises'
import init, * as parquet from 'parquet-wasm/esm'

/** Beside the built thread; in the sources, where the package has it. */
const WASM_FILE = import.meta.url.endsWith('.ts')
  ? new URL('../../../../node_modules/parquet-wasm/esm/parquet_wasm_bg.wasm', import.meta.url)
  : new URL('parquet_wasm_bg.wasm', import.meta.url)

let loading: Promise<typeof parquet> | undefined

/** Rust's Parquet reader as WebAssembly, loaded when it is first needed. */
export function loadParquet(): Promise<typeof parquet> {
  loading ??= (async () => {
    await init({ module_or_path: await readFile(WASM_FILE) })
    return parquet
  })()
  return loading
}
