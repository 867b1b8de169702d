import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { contract, type OperationName } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import { parseRef, type Ref } from '#shared/model/ref.ts'
import { toLocation } from './options.ts'

const CALL_USAGE = "npm run call -- <operation> '<json>'|@FILE|- [--dataset LOCATION] [--ref 12|tag:x|branch:y]"

/** What one run of `npm run call` is to do. */
export type CallRequest =
  | { readonly kind: 'list' }
  | {
      readonly kind: 'call'
      readonly operation: OperationName
      /** As typed, with what --ref adds; the engine checks it. */
      readonly input: Readonly<Record<string, unknown>>
      /** To be opened first, its handle becoming `input.dataset`. */
      readonly dataset: string | undefined
    }

/**
 * Reads the command line, and stdin when the input is given as `-`, or a file for `@file`. Throws `invalid-input` or `unknown-operation` with
 * what to write instead.
 */
export function parseCall(
  args: readonly string[],
  cwd: string,
  readStdin: () => string,
  readFile: (path: string) => string = readText,
): CallRequest {
  const { values, positionals } = parseFlags(args)
  if (values.list === true) return { kind: 'list' }
  const [name, json = '{}', ...rest] = positionals
  if (name === undefined) throw invalid('No operation was named.')
  if (rest.length > 0) throw invalid(`There is one argument too many: "${rest[0]}".`)
  if (!isOperation(name)) {
    throw new AppError({
      code: 'unknown-operation',
      message: `There is no operation "${name.slice(0, 80)}".`,
      hint: 'List the operations with: npm run call -- --list',
    })
  }
  const input: Readonly<Record<string, unknown>> = {
    ...toInput(name, parseInput(readInput(json, cwd, readStdin, readFile))),
    ...refFields(name, values.ref),
  }
  if (values.dataset === undefined) {
    if (comparesStates(name) && !namesBothSides(input)) {
      throw invalid(`${name} works on datasets, and none was named.`, 'Add --dataset LOCATION.')
    }
    if (takes(name, 'dataset') && input['dataset'] === undefined) {
      throw invalid(`${name} works on a dataset, and none was named.`, 'Add --dataset LOCATION.')
    }
    return { kind: 'call', operation: name, input, dataset: undefined }
  }
  const dataset = toDatasetLocation(values.dataset, cwd)
  if (takes(name, 'dataset') || comparesStates(name)) return { kind: 'call', operation: name, input, dataset }
  if (takes(name, 'location'))
    return { kind: 'call', operation: name, input: { location: dataset, ...input }, dataset: undefined }
  throw invalid(`${name} does not work on a dataset.`, 'Leave out --dataset.')
}

/**
 * Operations over two states. Each of `from` and `to` may be `{ref}`, of the dataset named by --dataset, or name its own
 * with a `location`.
 */
export function comparesStates(name: OperationName): boolean {
  return takes(name, 'from') && takes(name, 'to')
}

function namesBothSides(input: Readonly<Record<string, unknown>>): boolean {
  return [input['from'], input['to']].every((side) => typeof side === 'object' && side !== null && 'location' in side)
}

/** A quoted `~` reaches us as it is; the engine knows the home folder. */
export function toDatasetLocation(text: string, cwd: string): string {
  return /^~($|[/\\])/.test(text) ? text : toLocation(text, cwd)
}

/** Names and doc lines of all operations, one per line. */
export function listOperations(): string {
  const names = Object.keys(contract).sort()
  const width = Math.max(...names.map((name) => name.length))
  return names.map((name) => `${name.padEnd(width)}  ${isOperation(name) ? contract[name].doc : ''}`).join('\n')
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { dataset: { type: 'string' }, ref: { type: 'string' }, list: { type: 'boolean' } },
      allowPositionals: true,
    })
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    throw invalid(text.split('. ')[0] ?? text)
  }
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(contract, name)
}

/** Whether an operation's input has a field. Every input of the contract is an object schema. */
function takes(name: OperationName, field: string): boolean {
  return Object.hasOwn(contract[name].input.shape, field)
}

function readInput(text: string, cwd: string, readStdin: () => string, readFile: (path: string) => string): string {
  if (text === '-') return readStdin()
  return text.startsWith('@') ? readFile(resolve(cwd, text.slice(1))) : text
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw invalid(`The input cannot be read: ${reason}`, 'After "@" goes the path of a file with the input as JSON.')
  }
}

/** A file may hold the specification of an import alone: what the window saves. */
function toInput(name: OperationName, input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const isSpec = takes(name, 'spec') && input['spec'] === undefined && input['sources'] !== undefined
  return isSpec ? { spec: input } : input
}

function parseInput(json: string): Readonly<Record<string, unknown>> {
  const parsed = parseJson(json)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw invalid('The input has to be a JSON object.', `Such as '{"limit": 10, "offset": 0}', in single quotes.`)
  }
  return parsed as Readonly<Record<string, unknown>>
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw invalid(
      `The input is not valid JSON: ${reason}`,
      'Put it in single quotes so that the shell leaves it alone.',
    )
  }
}

/** `--ref` as the fields an operation has for it: `ref`, or `branch` where only a branch can be chosen. */
function refFields(name: OperationName, text: string | undefined): { readonly ref?: Ref; readonly branch?: string } {
  if (text === undefined) return {}
  const ref = parseRef(text)
  if (ref === undefined) throw invalid(`--ref "${text}" is neither a version, tag:NAME nor branch:NAME.`)
  if (takes(name, 'ref')) return { ref }
  if (takes(name, 'branch') && 'branch' in ref && ref.version === undefined) return { branch: ref.branch }
  throw invalid(`${name} takes no such --ref.`, takes(name, 'branch') ? 'Give it as branch:NAME.' : 'Leave it out.')
}

function invalid(message: string, hint = `Usage: ${CALL_USAGE}`): AppError {
  return new AppError({ code: 'invalid-input', message, hint })
}
