import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import type * as Arrow from 'apache-arrow'
import type * as LanceDb from '@lancedb/lancedb'

/**
 * Loads LanceDB and its Arrow, and is the only file that does. Both come as CommonJS: LanceDB requires that copy of
 * apache-arrow, and handing objects of the ES module copy to it yields empty tables without an error.
 */
const require = createRequire(import.meta.url)

let lancedb: typeof LanceDb | undefined
let arrow: typeof Arrow | undefined

/** The native module (200 MB), loaded on first use so that listing datasets never pays for it. */
export function loadLanceDb(): typeof LanceDb {
  if (lancedb === undefined) {
    prepareEnvironment()
    prepareCollector()
    lancedb = require('@lancedb/lancedb') as typeof LanceDb
  }
  return lancedb
}

/** The CommonJS copy of apache-arrow, loaded on first use. */
export function loadArrow(): typeof Arrow {
  arrow ??= require('apache-arrow') as typeof Arrow
  return arrow
}

/** Read by the native module once, while it loads: log errors only, and leave one core to the window. */
function prepareEnvironment(): void {
  process.env['LANCEDB_LOG'] ??= 'error'
  const threads = String(Math.max(1, availableParallelism() - 1))
  process.env['LANCE_CPU_THREADS'] ??= threads
  process.env['TOKIO_WORKER_THREADS'] ??= threads
}

/**
 * Lets the heap grow fourfold between collections, as V8 by itself does at most. Arrow buffers count as heap though
 * nothing in them has to be marked, so beside a heap of 15 MB every ten batches set off a full collection on all cores:
 * a quarter of the work of reading a million rows, for some 20 MB more at the peak.
 */
function prepareCollector(): void {
  setFlagsFromString('--heap-growing-percent=300')
}
