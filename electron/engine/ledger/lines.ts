import { z } from 'zod'
import { ERROR_CODES } from '#shared/errors.ts'

const version = z.int().nonnegative()
const text = z.string()

const begin = z.object({
  kind: z.literal('begin'),
  id: text,
  at: text,
  run: z.object({ id: text, pid: z.int(), start: text.optional() }),
  who: z.object({ user: text, by: z.enum(['person', 'policy']) }),
  operation: text,
  title: text,
  location: text,
  branch: text.optional(),
  versionBefore: version.optional(),
  forecast: z.unknown().optional(),
  undoes: text.optional(),
  redoes: text.optional(),
})

const end = z.object({
  kind: z.literal('end'),
  id: text,
  endedAt: text,
  versionAfter: version.optional(),
  outcome: z.enum(['done', 'failed', 'cancelled']),
  result: z.unknown().optional(),
  error: z
    .object({ code: z.enum(ERROR_CODES), message: text, hint: text.optional(), detail: z.unknown().optional() })
    .optional(),
})

/** How many lines nobody could read were left behind when the file was made shorter. */
const lost = z.object({ kind: z.literal('lost'), lines: z.int().nonnegative() })

const anyLine = z.discriminatedUnion('kind', [begin, end, lost])

export type BeginLine = z.infer<typeof begin>
export type EndLine = z.infer<typeof end>
export type LedgerLine = z.infer<typeof anyLine>

/**
 * A line as it is appended. It begins with a line break of its own, so that one torn by a crash before it spoils only
 * itself.
 */
export function formatLine(line: LedgerLine): string {
  return `\n${JSON.stringify(line)}\n`
}

/** What a file says, oldest first. Lines torn or of another format are counted. */
export function parseLines(file: string): { readonly lines: readonly LedgerLine[]; readonly unreadable: number } {
  const lines: LedgerLine[] = []
  let unreadable = 0
  for (const one of file.split('\n')) {
    if (one.trim() === '') continue
    const line = parseLine(one)
    if (line === undefined) unreadable++
    else if (line.kind === 'lost') unreadable += line.lines
    else lines.push(line)
  }
  return { lines, unreadable }
}

function parseLine(line: string): LedgerLine | undefined {
  try {
    return anyLine.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}
