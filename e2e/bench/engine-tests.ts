import { spawn } from 'node:child_process'
import path from 'node:path'
import { expect } from '@playwright/test'
import { ROOT } from '../app.ts'

/** Runs tests of the engine on more than they take by themselves, and prints the lines they tell their figures in. */
export async function runEngineTests(
  files: readonly string[],
  env: Readonly<Record<string, string>>,
  figure: RegExp,
): Promise<void> {
  const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', '--project', 'engine', ...files], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect(code, output.slice(-4000)).toBe(0)
  const figures = output.split('\n').filter((line) => figure.test(line))
  expect(figures, output.slice(-4000)).not.toEqual([])
  for (const line of figures) console.log(line)
}
