import { spawnSync } from 'node:child_process'
import { ROOT } from '../app.ts'

/** A user who owns nothing here. */
export const NOBODY = 65_534

/** Whether the app can be started as somebody who may write nothing here. */
export function canBeNobody(): boolean {
  if (process.getuid?.() !== 0) return false
  const script = 'require("node:fs").accessSync("dist/launch/start.mjs")'
  return spawnSync(process.execPath, ['-e', script], { cwd: ROOT, uid: NOBODY, gid: NOBODY }).status === 0
}
