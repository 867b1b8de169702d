/**
 * Set-up of vitest and Playwright: everything a run puts into the temporary folder goes into one of its own, which goes with
 * it. A test that is ended halfway, a killed process and a browser cannot be made to tidy up behind themselves.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export default function useTempFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tiltyard-run-'))
  // Like the folder it is in: some journeys start the app as somebody else.
  chmodSync(folder, 0o1777)
  const before = {}
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) {
    before[name] = process.env[name]
    process.env[name] = folder
  }
  return () => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
