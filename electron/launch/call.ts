/* `npm run call`: one operation of the contract in an engine of its own, its result as JSON on stdout. */
import { readFileSync } from 'node:fs'
import os from 'node:os'
import { processChannel } from '#engine/supervisor.ts'
import { exitReason } from '#engine/supervisor/exit-reason.ts'
import { relayJobs } from '#engine/supervisor/job-relay.ts'
import {
  contract,
  type Contract,
  type Input,
  type OperationName,
  type Output,
  type Streams,
} from '#shared/contract/index.ts'
import type { RowsPage, CellValue } from '#shared/contract/rows.ts'
import { AppError, readableVersionOf, toErrorValue } from '#shared/errors.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { SearchResult } from '#shared/model/search.ts'
import { createClient, type Client } from '#shared/rpc/client.ts'
import { comparesStates, listOperations, parseCall, toDatasetLocation, type CallRequest } from './call-arguments.ts'
import {
  cellToJson,
  changesToJson,
  fetchSchema,
  pageToJson,
  plainToJson,
  previewToJson,
  searchToJson,
  type ResultSource,
} from './call-output.ts'
import { callStream } from './call-stream.ts'
import { dataDirOf } from './data-dir.ts'
import { forkEngine } from './engine-child.ts'
import { placesFrom } from './places.ts'

/** Last lines of the engine's log kept for an error nobody could explain otherwise. */
const LOG_TAIL = 2000

const cwd = process.env['INIT_CWD'] ?? process.cwd()
const places = placesFrom(import.meta.dirname)
const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)

async function main(): Promise<void> {
  const request = parseCall(process.argv.slice(2), cwd, () => readFileSync(0, 'utf8'))
  if (request.kind === 'list') return void process.stdout.write(`${listOperations()}\n`)
  let log = ''
  const spawn = () => forkEngine(places.engine, { cwd, onLog: (text) => (log = (log + text).slice(-LOG_TAIL)) })
  const facts = { appVersion: places.version, restarts: 0, lastExit: undefined }
  const paths = {
    dataDir: dataDirOf({ platform: process.platform, home: os.homedir(), env: process.env }),
    root: undefined,
  }
  const engine = spawn()
  const jobs = relayJobs(engine, { spawn, facts, paths })
  engine.onMessage((message) => void jobs.take(message))
  const died = new Promise<never>((_resolve, reject) => {
    engine.onExit((exit) => {
      const detail = log.trim() === '' ? {} : { detail: log.trim() }
      const hint = 'A file of the dataset may be corrupt. The dataset itself was not changed.'
      reject(new AppError({ code: 'engine-died', message: exitReason(exit), hint, ...detail }))
    })
  })
  try {
    engine.send({ t: 'start', facts, paths, startsJobs: true })
    // Calls in flight fail as well when the engine dies; how it died says more.
    const done = run(createClient<Contract>(processChannel(engine)), request)
    await Promise.race([died, done.catch((error: unknown) => (isLostLine(error) ? died : Promise.reject(error)))])
  } finally {
    died.catch(() => undefined)
    jobs.end()
    engine.kill()
  }
}

async function run(client: Client<Contract>, request: Extract<CallRequest, { kind: 'call' }>): Promise<void> {
  const { operation } = request
  const opened = await openDataset(client, request)
  if (comparesStates(operation)) return runOnStates(client, request, opened?.dataset)
  const input = opened === undefined ? request.input : { ...request.input, dataset: opened.dataset }
  if (operation === 'import.stream') {
    return callStream({
      client,
      input: input as Input<'import.stream'>,
      stdin: process.stdin,
      print: (event) => print(plainToJson(event)),
      onInterrupt,
    })
  }
  if (isStream(operation)) {
    for await (const item of client.stream(operation, input)) {
      print(plainToJson(item))
      if (operation === 'doctor.check' && isFailedCheck(item as Output<'doctor.check'>)) process.exitCode = 1
    }
    return
  }
  const output = await client.call(operation, input)
  const ref = (input as { readonly ref?: Ref }).ref
  const source = { client, dataset: String((input as { readonly dataset?: unknown }).dataset), ref }
  if (operation === 'rows.page') print(await pageToJson(output as RowsPage, source))
  else if (operation === 'search.run') print(await searchToJson(output as SearchResult, source))
  else if (operation === 'cells.get') print(cellToJson(output as CellValue, await fetchSchema(source)))
  else if (operation === 'import.preview') print(previewToJson(output as Output<'import.preview'>))
  else print(plainToJson(output))
}

function onInterrupt(stop: () => void): () => void {
  const interrupted = (): void => {
    process.exitCode = 130
    stop()
  }
  process.once('SIGINT', interrupted)
  return () => process.off('SIGINT', interrupted)
}

type Side = Readonly<Record<string, unknown>> & { readonly dataset: string }

/** Runs an operation over two states, each opened first. */
async function runOnStates(
  client: Client<Contract>,
  { operation, input }: Extract<CallRequest, { kind: 'call' }>,
  dataset: string | undefined,
): Promise<void> {
  const openSide = async (side: unknown): Promise<unknown> => {
    if (typeof side !== 'object' || side === null) return side
    const { location, ...rest } = side as Readonly<Record<string, unknown>>
    if (typeof location !== 'string') return { dataset, ...rest }
    return {
      dataset: (await client.call('datasets.open', { location: toDatasetLocation(location, cwd) })).dataset,
      ...rest,
    }
  }
  const sides = { from: await openSide(input['from'] ?? {}), to: await openSide(input['to'] ?? {}) }
  const full = { ...input, ...sides }
  if (!isStream(operation)) return print(plainToJson(await client.call(operation, full as Input<typeof operation>)))
  const source = (side: unknown): ResultSource => {
    const { dataset, ref } = side as Side
    return { client, dataset, ref: ref as Ref | undefined }
  }
  for await (const item of client.stream('versions.compare', full as Input<'versions.compare'>)) {
    const isPage = item.kind === 'added' || item.kind === 'removed' || item.kind === 'changed'
    print(isPage ? await changesToJson(item, { from: source(sides.from), to: source(sides.to) }) : plainToJson(item))
  }
}

/** Operations that are there to say what is wrong, also with the version they are asked about. */
const TELLS_OF_DAMAGE: ReadonlySet<OperationName> = new Set(['storage.findings'])

/**
 * Opens the dataset a request names, at the ref it names. Operations on the whole history need no version in particular:
 * for them a newest version that cannot be read is no reason to refuse while an older one can.
 */
async function openDataset(
  client: Client<Contract>,
  { dataset: location, input, operation }: Extract<CallRequest, { kind: 'call' }>,
): Promise<{ readonly dataset: string } | undefined> {
  if (location === undefined) return undefined
  const ref = input['ref'] as Ref | undefined
  try {
    return await client.call('datasets.open', ref === undefined ? { location } : { location, ref })
  } catch (error) {
    const version = error instanceof AppError ? readableVersionOf(error) : undefined
    const needsVersion = ref !== undefined || Object.hasOwn(contract[operation].input.shape, 'ref')
    if (version === undefined || (needsVersion && !TELLS_OF_DAMAGE.has(operation))) throw error
    return client.call('datasets.open', { location, ref: { version } })
  }
}

/** Scripts go by the exit code: a dataset with damage is a failure, one with warnings is not. */
function isFailedCheck(event: Output<'doctor.check'>): boolean {
  return event.kind === 'done' && event.report.status === 'fail'
}

function isStream(name: OperationName): name is Streams {
  return contract[name].kind === 'stream'
}

function isLostLine(error: unknown): boolean {
  return error instanceof AppError && error.code === 'disconnected'
}

// Whoever reads us may have seen enough.
process.stdout.on('error', () => process.exit(0))
try {
  await main()
} catch (error) {
  process.stderr.write(`${JSON.stringify(toErrorValue(error))}\n`)
  process.exitCode = 1
}
