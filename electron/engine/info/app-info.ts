import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import type { AppInfo } from '#shared/contract/app.ts'
import type { Contract } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'

/** Handlers of the `app` area. */
export function createInfoHandlers(context: EngineContext): Pick<Handlers<Contract>, 'app.info'> {
  return { 'app.info': () => appInfo(context) }
}

function appInfo({ facts, paths }: EngineContext): AppInfo {
  return {
    name: 'Tiltyard',
    version: facts.appVersion,
    enginePid: process.pid,
    node: process.version,
    lancedb: lancedbVersion(),
    dataDir: paths.dataDir,
    hostname: os.hostname(),
    platform: `${process.platform}-${process.arch}`,
    restarts: facts.restarts,
    ...(facts.lastExit === undefined ? {} : { lastExit: facts.lastExit }),
  }
}

let knownVersion: string | undefined

/** Version of the installed lancedb package, read from its package.json so that asking does not load the native module. */
function lancedbVersion(): string {
  knownVersion ??= readVersion('@lancedb/lancedb')
  return knownVersion
}

function readVersion(name: string): string {
  const require = createRequire(import.meta.url)
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      const parsed: unknown = JSON.parse(readFileSync(path.join(folder, name, 'package.json'), 'utf8'))
      if (typeof parsed === 'object' && parsed !== null && 'version' in parsed) return String(parsed.version)
    } catch {
      // Not in this folder: module resolution walks up, so does this.
    }
  }
  return 'unknown'
}
