import { openTypeScript } from '#renderer/features/data/index.ts'
import type { WriteCode } from './write-code.ts'

/** A write as TypeScript for @lancedb/lancedb. */
export function writeAsTypeScript(location: string, write: WriteCode): string {
  return [...openTypeScript(location), ...statements(write), ''].join('\n')
}

function statements(write: WriteCode): readonly string[] {
  switch (write.kind) {
    case 'create-tag':
      return onBranch(write.at.branch, (table) => [
        `await (await ${table}.tags()).create(${text(write.name)}, ${write.at.version})`,
      ])
    case 'move-tag':
      return onBranch(write.at.branch, (table) => [
        `await (await ${table}.tags()).update(${text(write.name)}, ${write.at.version})`,
      ])
    case 'delete-tag':
      return [`await (await table.tags()).delete(${text(write.name)})`]
    case 'create-branch': {
      const { branch, version } = write.from
      const start =
        version === undefined ? (branch === undefined ? [] : [text(branch)]) : [textOr(branch), `${version}`]
      return [`await (await table.branches()).create(${[text(write.name), ...start].join(', ')})`]
    }
    case 'delete-branch':
      return [`await (await table.branches()).delete(${text(write.name)})`]
    case 'restore':
      return onBranch(write.at.branch, (table) => [
        `await ${table}.checkout(${write.at.version})`,
        `await ${table}.restore()`,
      ])
  }
}

/** A branch is a table of its own. */
function onBranch(branch: string | undefined, write: (table: string) => readonly string[]): readonly string[] {
  return branch === undefined
    ? write('table')
    : [`const branch = await (await table.branches()).checkout(${text(branch)})`, ...write('branch')]
}

function textOr(branch: string | undefined): string {
  return branch === undefined ? 'undefined' : text(branch)
}

function text(value: string): string {
  return JSON.stringify(value)
}
