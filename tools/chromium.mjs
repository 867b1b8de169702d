import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'

const KNOWN = {
  linux: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((base) =>
    ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map((file) =>
      path.join(process.env[base] ?? 'C:\\', file),
    ),
  ),
}

const isRunnable = (file) => {
  try {
    fs.accessSync(file, fs.constants.X_OK)
    return fs.statSync(file).isFile()
  } catch {
    return false
  }
}

/** Path of a Chromium for the journeys: CHROMIUM_PATH, one installed on the system, or Playwright's own; else undefined. */
export function findChromium(env = process.env) {
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH
  const folders = (env.PATH ?? '').split(path.delimiter)
  const candidates = (KNOWN[process.platform] ?? []).flatMap((name) =>
    path.isAbsolute(name) ? [name] : folders.map((folder) => path.join(folder, name)),
  )
  return [...candidates, chromium.executablePath()].find(isRunnable)
}

/** Flags for a quiet browser without a GPU. */
export const CHROMIUM_ARGS = [
  '--disable-gpu',
  // Containers often give /dev/shm 64 MB, which Chromium outgrows and crashes.
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Finds a Chromium or installs one: Debian's package as root, else Playwright's build. Throws with what to do. */
export function ensureChromium() {
  const found = findChromium()
  if (found !== undefined) return found
  const run = (command, args) => spawnSync(command, args, { stdio: 'inherit' }).status === 0
  const isDebianRoot = process.getuid?.() === 0 && isRunnable('/usr/bin/apt-get')
  if (isDebianRoot) {
    console.log('No Chromium found: installing the chromium package.')
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  } else {
    console.log('No Chromium found: downloading the one Playwright uses.')
    run('npx', ['playwright', 'install', 'chromium'])
  }
  const installed = findChromium()
  if (installed !== undefined) return installed
  throw new Error(
    'No Chromium could be found or installed. Install Chromium or Google Chrome, or set CHROMIUM_PATH to one, and run again.',
  )
}
