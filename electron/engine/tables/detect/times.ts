import type { ImportProblem } from '#shared/model/import/source.ts'
import type { ColumnType } from '../columns/types.ts'
import { parseIso } from '../times/iso.ts'
import { moment } from '../times/moment.ts'
import { compilePattern } from '../times/pattern.ts'

export interface TimeGuess {
  readonly type: ColumnType
  readonly what: string
  readonly dateFormat?: string
  readonly problems: readonly ImportProblem[]
}

/** Days as people write them; two letters before one, so that what is always padded is said so. */
const DAYS = [
  ['dd.MM.yyyy', 'd.M.yyyy', 'dd.MM.yy', 'd.M.yy'],
  ['MM/dd/yyyy', 'M/d/yyyy', 'MM/dd/yy', 'M/d/yy'],
  ['dd/MM/yyyy', 'd/M/yyyy', 'dd/MM/yy', 'd/M/yy'],
  ['dd-MM-yyyy', 'd-M-yyyy'],
  ['yyyy/MM/dd', 'yyyy/M/d', 'yyyy.MM.dd'],
  ['dd MMM yyyy', 'd MMM yyyy', 'dd-MMM-yyyy', 'd-MMM-yyyy', 'MMM d, yyyy'],
]
const TIMES = ['', ' HH:mm', ' HH:mm:ss', ' HH:mm:ss.SSS', ' h:mm a', ' h:mm:ss a']

/** The form of date or time all values have; undefined when there is none. */
export function detectTime(values: readonly string[]): TimeGuess | undefined {
  const bytes = values.map((value) => Buffer.from(value))
  if (bytes.every((value) => parseIso(value, 0, value.length))) {
    const hasTime = bytes.some((value) => parseIso(value, 0, value.length) && moment.hasTime)
    const isZoned = hasTime && values.some((value) => /(z|[+-]\d\d:?\d\d)$/i.test(value))
    return {
      type: { kind: 'scalar', type: hasTime ? 'timestamp' : 'date' },
      what: hasTime ? `ISO times${isZoned ? ', taken to UTC' : ''}` : 'ISO dates',
      problems: [],
    }
  }
  const [first] = bytes
  if (first === undefined || first.length > 40) return undefined
  const fitting = DAYS.flatMap((days) => {
    const found = days
      .flatMap((day) => TIMES.map((time) => day + time))
      .find((pattern) => {
        const parse = compilePattern(pattern)
        return parse !== undefined && bytes.every((value) => parse(value, 0, value.length))
      })
    return found === undefined ? [] : [found]
  })
  const [format, other] = fitting
  if (format === undefined) return undefined
  const problems: ImportProblem[] =
    other === undefined
      ? []
      : [
          {
            severity: 'warning',
            message: `Every value fits ${format} and ${other} alike; ${format} was taken.`,
            hint: 'Choose the format if it is the other one.',
          },
        ]
  const hasTime = format.includes(':')
  return {
    type: { kind: 'scalar', type: hasTime ? 'timestamp' : 'date' },
    what: `${hasTime ? 'times' : 'dates'} of the form ${format}`,
    dateFormat: format,
    problems,
  }
}
