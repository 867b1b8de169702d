/**
 * Run after every `npm install` that changes the lock. A registry mirror may lack some platforms' optional packages;
 * npm then writes a lock without them and `npm ci` refuses it. This adds the missing entries (version, os, cpu, libc; no
 * integrity, so npm fills it in where the package can be fetched).
 */
import fs from 'node:fs'

const PLATFORM =
  /[/-](darwin|linux|win32|android|freebsd|openharmony|sunos|aix|netbsd|openbsd)-([a-z0-9]+)(?:-(gnu|musl|msvc|gnueabihf|musleabihf|eabi))?$/
const LIBC = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' }

const lock = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'))
const packages = lock.packages

/** Where Node would find `name` from the package at `key`; undefined when the lock has it nowhere. */
function resolve(key, name) {
  for (let base = key; ; base = base.slice(0, Math.max(0, base.lastIndexOf('node_modules/') - 1))) {
    const candidate = `${base === '' ? '' : `${base}/`}node_modules/${name}`
    if (packages[candidate] !== undefined) return candidate
    if (base === '') return undefined
  }
}

let added = 0
for (const [key, pkg] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(pkg.optionalDependencies ?? {})) {
    const platform = PLATFORM.exec(name)
    if (platform === null || !/^\d/.test(version) || resolve(key, name) !== undefined) continue
    const [, os, cpu, abi] = platform
    packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(pkg.dev ? { dev: true } : {}),
      ...(LIBC[abi] ? { libc: [LIBC[abi]] } : {}),
      license: pkg.license,
      optional: true,
      os: [os],
    }
    added++
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
fs.writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
console.log(`package-lock.json: ${added} optional platform packages added`)
