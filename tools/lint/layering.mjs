import path from 'node:path'
import { PACKAGES, roomOf, TYPE_ONLY } from './layers.mjs'

const ALIASES = [
  ['#shared/', 'shared/'],
  ['#engine/', 'electron/engine/'],
  ['#renderer/', 'renderer/'],
]
const isTest = (file) => /\.(test|fixture)\.tsx?$/.test(file)

/** Path from the project root of what an import names; undefined for packages. */
function targetOf(specifier, file) {
  const alias = ALIASES.find(([prefix]) => specifier.startsWith(prefix))
  if (alias) return alias[1] + specifier.slice(alias[0].length)
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : undefined
}

/** Says what is wrong with an import, or undefined when it is allowed. Pure; `file` is relative to the project root. */
export function judgeImport(file, specifier, typeOnly) {
  const from = roomOf(file)
  if (from === undefined || isTest(file)) return undefined
  const target = targetOf(specifier, file)
  if (target === undefined) {
    const rule = PACKAGES.find(({ match }) => match.test(specifier))
    return rule === undefined || rule.rooms.includes(from.name) || (typeOnly && from.name.startsWith('engine/'))
      ? undefined
      : `${from.name} may not import ${specifier}: ${rule.why}.`
  }
  const to = roomOf(target)
  if (to === undefined || to === from) return undefined
  if (!from.may.includes(to.name))
    return `${from.name} may not import ${to.name} (see ARCHITECTURE.md, "Who may import whom").`
  if (to.door && !target.endsWith('/index.ts')) return `Import ${to.name} through its index.ts only.`
  if (!typeOnly && TYPE_ONLY.rooms.test(from.name) && TYPE_ONLY.path.test(target)) {
    return 'The page may only `import type` from shared/contract.'
  }
  return undefined
}

const layering = {
  create(context) {
    const root = context.cwd ?? process.cwd()
    const file = path
      .relative(root, context.filename ?? context.getFilename())
      .split(path.sep)
      .join('/')
    const check = (node) => {
      if (typeof node.source?.value !== 'string') return
      const specifiers = node.specifiers ?? []
      const typeOnly =
        (node.importKind ?? node.exportKind) === 'type' ||
        (specifiers.length > 0 && specifiers.every((s) => (s.importKind ?? s.exportKind) === 'type'))
      const message = judgeImport(file, node.source.value, typeOnly)
      if (message !== undefined) context.report({ node, message })
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    }
  },
}

export default { meta: { name: 'tiltyard' }, rules: { layering } }
