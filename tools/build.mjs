/**
 * Builds what runs: `node tools/build.mjs [node] [renderer]`, everything when nothing is named.
 *
 * The Node side goes through the bundler Vite brings along; only Electron and the native module with its Arrow copy stay
 * outside the bundles, so they are the only run-time dependencies a package has to carry.
 */
import { cpSync, existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...parts) => path.join(root, ...parts)
const EXTERNAL = [/^node:/, 'electron', '@lancedb/lancedb', 'apache-arrow', 'bufferutil', 'utf-8-validate']

/** What the parser thread loads at run time beside its code, files and folders found by their last name: WebAssembly and tables. */
const PARSER_ASSETS = [
  'parquet-wasm/esm/parquet_wasm_bg.wasm',
  '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm',
  '@jsquash/png/codec/pkg/squoosh_png_bg.wasm',
  '@jsquash/webp/codec/dec/webp_dec.wasm',
  'pdfjs-dist/cmaps',
]

const TARGETS = {
  node: { sources: ['shared', 'electron', 'tools/build.mjs', 'package.json'], build: buildNode },
  renderer: {
    sources: ['shared', 'renderer', 'vite.config.ts', 'tools/build.mjs', 'package.json'],
    build: buildRenderer,
  },
}

async function buildNode() {
  const { build } = await import('rolldown')
  for (const folder of ['desktop', 'launch', 'parser']) rmSync(at('dist', folder), { recursive: true, force: true })
  const modules = (folder, input) =>
    build({
      input: Object.fromEntries(Object.entries(input).map(([name, file]) => [name, at(file)])),
      cwd: root,
      platform: 'node',
      external: EXTERNAL,
      logLevel: 'warn',
      output: {
        dir: at('dist', folder),
        format: 'esm',
        entryFileNames: '[name].mjs',
        chunkFileNames: '[name]-[hash].mjs',
        sourcemap: true,
      },
    })
  await Promise.all([
    modules('desktop', { main: 'electron/main/main.ts', engine: 'electron/engine/process.ts' }),
    modules('parser', { parser: 'electron/engine/parser.ts' }),
    modules('launch', { start: 'electron/launch/start.ts', call: 'electron/launch/call.ts' }),
    // A sandboxed preload can load nothing: it has to be one CommonJS file.
    build({
      input: at('electron/preload/preload.ts'),
      cwd: root,
      platform: 'node',
      external: EXTERNAL,
      logLevel: 'warn',
      output: { file: at('dist/desktop/preload.cjs'), format: 'cjs' },
    }),
  ])
  for (const asset of PARSER_ASSETS) {
    cpSync(at('node_modules', asset), at('dist/parser', path.basename(asset)), { recursive: true })
  }
}

async function buildRenderer() {
  const { build } = await import('vite')
  await build({ root: at('renderer'), configFile: at('vite.config.ts'), logLevel: 'warn' })
}

const stampOf = (target) => at('dist', `.built-${target}`)

/** Newest change below the given files and folders, milliseconds; tests do not count. */
function newestChange(sources) {
  let newest = 0
  for (const source of sources) {
    const stats = statSync(at(source), { throwIfNoEntry: false })
    if (stats === undefined) continue
    if (!stats.isDirectory()) newest = Math.max(newest, stats.mtimeMs)
    else {
      for (const entry of readdirSync(at(source), { recursive: true, withFileTypes: true })) {
        if (entry.isDirectory() || /\.(test|fixture)\.tsx?$/.test(entry.name)) continue
        const file = statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })
        newest = Math.max(newest, file?.mtimeMs ?? 0)
      }
    }
  }
  return newest
}

function isStale(target) {
  const stamp = statSync(stampOf(target), { throwIfNoEntry: false })
  return stamp === undefined || stamp.mtimeMs < newestChange(TARGETS[target].sources)
}

/** Builds the named targets; `force` also those whose output is newer than their sources. Returns what was built. */
export async function ensureBuilt(targets = Object.keys(TARGETS), { force = false, onBuild = () => {} } = {}) {
  // A packaged or copied build has no sources to compare with: what is there is what runs.
  if (!existsSync(at('electron'))) return []
  const due = targets.filter((target) => force || isStale(target))
  for (const target of due) {
    onBuild(target)
    const startedMs = Date.now()
    await TARGETS[target].build()
    writeFileSync(stampOf(target), '')
    // Stamped with the start, so that an edit made while building counts as newer.
    utimesSync(stampOf(target), startedMs / 1000, startedMs / 1000)
  }
  return due
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = process.argv.slice(2)
  const unknown = named.find((name) => !Object.hasOwn(TARGETS, name))
  if (unknown !== undefined) {
    console.error(`There is nothing called "${unknown}" to build. Known: ${Object.keys(TARGETS).join(', ')}.`)
    process.exit(2)
  }
  const startedMs = Date.now()
  const built = await ensureBuilt(named.length === 0 ? undefined : named, { force: true })
  console.log(`built ${built.join(' and ')} in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
}
