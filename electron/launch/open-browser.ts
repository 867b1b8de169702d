import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** Time a browser has to read the redirect file before it is deleted. */
const KEEP_FILE_MS = 30_000

/**
 * Opens the system's browser on a link. The link goes through a file only this user can read, because the arguments of a
 * process are for everyone to see and the link holds a token. Returns a function that deletes the file.
 */
export function openBrowser(link: string, onFailure: () => void): () => void {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tiltyard-'))
  chmodSync(folder, 0o700)
  const file = path.join(folder, 'open.html')
  const target = JSON.stringify(link).replaceAll('<', '\\u003c')
  writeFileSync(
    file,
    `<!doctype html><meta charset="utf-8"><title>Tiltyard</title><script>location.replace(${target})</script>\n`,
    {
      mode: 0o600,
    },
  )
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  setTimeout(remove, KEEP_FILE_MS).unref()

  const address = pathToFileURL(file).href
  const [command, ...args] = openCommand(process.platform, address)
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.once('error', onFailure)
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) onFailure()
  })
  child.unref()
  return remove
}

/** The platform's command that opens an address in the default browser. */
function openCommand(platform: NodeJS.Platform, address: string): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open', address]
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address]
  return ['xdg-open', address]
}
