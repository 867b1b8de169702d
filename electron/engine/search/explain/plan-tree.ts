import type { PlanNode } from '#shared/model/search.ts'
import { ABOUT, INDEX_NODES } from './node-words.ts'

interface Line {
  readonly depth: number
  readonly node: Omit<PlanNode, 'children'>
}

interface Open {
  readonly depth: number
  readonly node: Omit<PlanNode, 'children'>
  readonly children: PlanNode[]
}

/**
 * The tree of a plan from LanceDB's text: one node a line, two spaces a level, `Name: detail, metrics=[…]`. Lines of no
 * such shape are kept as nodes of their own, so that nothing is lost.
 */
export function parsePlan(text: string): PlanNode {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parseLine)
  const root: Open = { depth: -1, node: { name: 'Plan', detail: '', isIndex: false, metrics: {} }, children: [] }
  const path: Open[] = [root]
  for (const { depth, node } of lines) {
    while (path.length > 1 && (path.at(-1)?.depth ?? -1) >= depth) close(path)
    path.push({ depth, node, children: [] })
  }
  while (path.length > 1) close(path)
  const [only] = root.children
  return root.children.length === 1 && only !== undefined ? only : { ...root.node, children: root.children }
}

function close(path: Open[]): void {
  const done = path.pop()
  const parent = path.at(-1)
  if (done !== undefined && parent !== undefined) parent.children.push({ ...done.node, children: done.children })
}

/** Names of indices that nodes of a kind use, each once. */
export function indicesInPlan(text: string, nodeName: string): readonly string[] {
  const found = new Set<string>()
  const collect = (node: PlanNode): void => {
    if (node.name === nodeName) for (const name of indexNames(node.detail)) found.add(name)
    node.children.forEach(collect)
  }
  collect(parsePlan(text))
  return [...found]
}

function parseLine(line: string): Line {
  const depth = line.length - line.trimStart().length
  const body = line.trim()
  const [, name = body, rest = ''] = /^([A-Za-z_]\w*)(?:[:,\s]\s*(.*))?$/s.exec(body) ?? []
  const cut = rest.lastIndexOf('metrics=[')
  const metrics = cut < 0 ? {} : parseMetrics(rest.slice(cut + 'metrics=['.length))
  const before = (cut < 0 ? rest : rest.slice(0, cut)).replace(/,\s*$/, '')
  const elapsed = /(?:^|, )elapsed=([\d.]+[a-zµ]+)(?:, |$)/.exec(before)
  const detail =
    elapsed === null ? before : before.replace(/(^|, )elapsed=[\d.]+[a-zµ]+(?:, |$)/, '$1').replace(/, $/, '')
  const [index] = indexNames(detail)
  const figures = {
    rows: toCount(metrics['output_rows'] ?? metrics['rows_scanned']),
    bytes: toCount(metrics['bytes_read']),
    requests: toCount(metrics['requests'] ?? metrics['iops']),
    elapsedMs: toMs(elapsed?.[1]),
    computeMs: toMs(metrics['elapsed_compute']),
    partitions: toCount(metrics['partitions_searched']),
  }
  return {
    depth,
    node: {
      name,
      detail,
      isIndex: INDEX_NODES.has(name),
      metrics,
      ...(ABOUT[name] === undefined ? {} : { about: ABOUT[name] }),
      ...(index === undefined ? {} : { index }),
      ...Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined)),
    },
  }
}

/** `name=vector_idx, …` of ANN nodes, `[…]@id_idx(BTree)` of scalar ones. */
function indexNames(detail: string): readonly string[] {
  const named = /^name=([^,]+),/.exec(detail)?.[1]
  return [...(named === undefined ? [] : [named]), ...[...detail.matchAll(/\]@(.+?)\(\w+\)/g)].map((m) => m[1] ?? '')]
}

function parseMetrics(text: string): Readonly<Record<string, string>> {
  const metrics: Record<string, string> = {}
  for (const part of text.replace(/\]\s*$/, '').split(/, (?=[\w.]+=)/)) {
    const at = part.indexOf('=')
    if (at > 0) metrics[part.slice(0, at)] = part.slice(at + 1)
  }
  return metrics
}

const SCALES: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, G: 1e9, T: 1e12 }

/** `5`, `4.56 K`, `1.2 M`: rounded by Lance to two places. */
function toCount(text: string | undefined): number | undefined {
  const [, digits, scale] = /^([\d.]+)(?:\s*([KMBGT]))?$/.exec(text?.trim() ?? '') ?? []
  if (digits === undefined) return undefined
  return Math.round(Number(digits) * (scale === undefined ? 1 : (SCALES[scale] ?? 1)))
}

const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, µs: 1e-3, us: 1e-3, ms: 1, s: 1000 }

function toMs(text: string | undefined): number | undefined {
  const [, digits, unit] = /^([\d.]+)(ns|µs|us|ms|s)$/.exec(text?.trim() ?? '') ?? []
  const factor = unit === undefined ? undefined : UNITS[unit]
  return digits === undefined || factor === undefined ? undefined : Number(digits) * factor
}
