import type { BranchStart, WriteCode } from './write-code.ts'

/** A write as Python with lance, which opens any path. */
export function writeAsPython(location: string, write: WriteCode): string {
  return ['import lance', '', `dataset = lance.dataset(${text(location)})`, statement(write), ''].join('\n')
}

function statement(write: WriteCode): string {
  switch (write.kind) {
    case 'create-tag':
      return `dataset.tags.create(${text(write.name)}, ${reference(write.at)})`
    case 'move-tag':
      return `dataset.tags.update(${text(write.name)}, ${reference(write.at)})`
    case 'delete-tag':
      return `dataset.tags.delete(${text(write.name)})`
    case 'create-branch':
      return `dataset.create_branch(${text(write.name)}, ${reference(write.from)})`
    case 'delete-branch':
      return `dataset.branches.delete(${text(write.name)})`
    case 'restore':
      return `dataset.checkout_version(${reference(write.at)}).restore()`
  }
}

/** A number is a version of main; a pair names the branch, None = main. */
function reference({ branch, version }: BranchStart): string {
  if (branch === undefined && version !== undefined) return String(version)
  return `(${branch === undefined ? 'None' : text(branch)}, ${version ?? 'None'})`
}

/** A JSON string is a Python string as well. */
function text(value: string): string {
  return JSON.stringify(value)
}
