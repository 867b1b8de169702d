import { spawn } from 'node:child_process'

/** Projects of the type check: one a process, so that each sees only the globals it has. */
const TYPE_PROJECTS = ['shared', 'electron/engine', 'electron', 'renderer', 'tsconfig.test.json', 'e2e']

const bin = (name) => ['npx', '--no-install', name]

/** The fast checks, in the order a person wants to hear of failures. */
export const CHECKS = [
  ...TYPE_PROJECTS.map((project) => ({ name: `types ${project}`, command: [...bin('tsc'), '-p', project] })),
  { name: 'lint', command: [...bin('oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'format', command: [...bin('prettier'), '--check', '--log-level', 'warn', '.'] },
]

/** Runs one command with inherited output; resolves to its exit code (1 when it could not start). */
export function run(command, env = {}) {
  const [file, ...args] = command
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, npm_config_update_notifier: 'false', ...env },
      shell: process.platform === 'win32',
    })
    child.once('error', () => resolve(1))
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** Runs checks two at a time; resolves to the names of those that failed. */
export async function runChecks(checks = CHECKS) {
  const queue = [...checks]
  const failed = []
  const worker = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      const started = performance.now()
      const code = await run(check.command)
      console.log(
        `${code === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
      )
      if (code !== 0) failed.push(check.name)
    }
  }
  await Promise.all([worker(), worker()])
  return failed
}
