import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const BINARY: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
  linux: 'electron',
}

/**
 * The installed Electron binary, found by looking at files. Never by `require('electron')`: since Electron 42 that call
 * starts a download when the binary is missing.
 */
export function findElectron(from: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const name = BINARY[process.platform]
  if (name === undefined) return undefined
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override !== undefined && override !== '') return executable(path.join(override, name))
  try {
    const folder = path.dirname(createRequire(from).resolve('electron/package.json'))
    return executable(path.join(folder, 'dist', name))
  } catch {
    return undefined
  }
}

function executable(file: string): string | undefined {
  try {
    accessSync(file, constants.X_OK)
    return file
  } catch {
    return undefined
  }
}

/**
 * Why Chromium's sandbox could not start here, or undefined when it can. Running without it is not offered: datasets come
 * from strangers.
 */
export function sandboxProblem(electron: string): string | undefined {
  if (process.platform !== 'linux') return undefined
  if (process.getuid?.() === 0) return 'it does not run as root with its sandbox on'
  if (hasSetuidHelper(electron)) return undefined
  const forbidden =
    kernelSetting('kernel/unprivileged_userns_clone') === '0' ||
    kernelSetting('kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    kernelSetting('user/max_user_namespaces') === '0'
  return forbidden ? 'this system does not let its sandbox start (no user namespaces)' : undefined
}

function hasSetuidHelper(electron: string): boolean {
  const helper = statSync(path.join(path.dirname(electron), 'chrome-sandbox'), { throwIfNoEntry: false })
  return helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0
}

function kernelSetting(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name}`, 'utf8').trim()
  } catch {
    return undefined
  }
}

/** True when a window could appear: always outside Linux, there with an X or Wayland display. */
export function hasDisplay(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
}
