import { NullTokens } from '../bytes/null-tokens.ts'
import { badPlan } from '../errors.ts'
import { skipSpace, skipValue } from '../json/scan.ts'
import { timeParser } from '../times/format.ts'
import { BoolBuilder } from './bools.ts'
import type { ColumnBuilder } from './column.ts'
import { FloatBuilder } from './floats.ts'
import { Int32Builder, Int64Builder } from './integers.ts'
import { ListBuilder, StructBuilder } from './nested.ts'
import { StringBuilder, type TextCheck } from './strings.ts'
import { TimeBuilder } from './times.ts'
import type { ColumnType } from './types.ts'
import { VectorBuilder } from './vectors.ts'

const NO_TOKENS = new NullTokens([])

const isJson: TextCheck = (bytes, start, end) => {
  const valueEnd = skipValue(bytes, start, end)
  return valueEnd >= 0 && skipSpace(bytes, valueEnd, end) === end ? undefined : 'is not JSON'
}

/** The builder of a column. `name` is what faults call it. Fails with `invalid-input`. */
export function createBuilder(name: string, type: ColumnType, nulls: NullTokens, dateFormat?: string): ColumnBuilder {
  switch (type.kind) {
    case 'vector':
      return new VectorBuilder(type.dimension, name, nulls)
    case 'list': {
      const items = createBuilder(name, { kind: 'scalar', type: type.items }, NO_TOKENS, dateFormat)
      return new ListBuilder(items, type.items === 'json', name, nulls)
    }
    case 'struct': {
      const children = type.fields.map((field) => ({
        name: field.name,
        isRaw: isRaw(field.type),
        builder: createBuilder(`${name}.${field.name}`, field.type, NO_TOKENS, dateFormat),
      }))
      return new StructBuilder(children, name, nulls)
    }
    case 'as-is':
      throw badPlan(`The column "${name}" has no type of its own to keep.`, 'Choose the type it is to have.')
    case 'scalar':
      break
  }
  switch (type.type) {
    case 'bool':
      return new BoolBuilder(name, nulls)
    case 'int32':
      return new Int32Builder(name, nulls)
    case 'int64':
      return new Int64Builder(name, nulls)
    case 'float32':
      return new FloatBuilder(32, name, nulls)
    case 'float64':
      return new FloatBuilder(64, name, nulls)
    case 'string':
      return new StringBuilder('text', undefined, name, nulls)
    case 'binary':
      return new StringBuilder('binary', undefined, name, nulls)
    case 'json':
      return new StringBuilder('text', isJson, name, nulls)
    case 'date':
    case 'timestamp':
      return new TimeBuilder(type.type, timeParser(dateFormat), dateFormat ?? 'iso', name, nulls)
  }
}

/** Whether strings of JSON sources are taken with their quotes. */
export function isRaw(type: ColumnType): boolean {
  return type.kind === 'scalar' && type.type === 'json'
}
