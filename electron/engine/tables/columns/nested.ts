import { field, list, struct, type DataType } from '@uwdata/flechette'
import { Cells } from '../bytes/cells.ts'
import { Keys } from '../json/keys.ts'
import { scanList, scanObject, takeStrangers, whyNot } from '../json/object.ts'
import { skipSpace } from '../json/scan.ts'
import { ColumnBuilder, grown } from './column.ts'

/** Lists, written as JSON. */
export class ListBuilder extends ColumnBuilder {
  readonly type: DataType
  readonly #items: ColumnBuilder
  readonly #isRaw: boolean
  #offsets: Int32Array = new Int32Array(1025)

  constructor(items: ColumnBuilder, isRaw: boolean, ...base: ConstructorParameters<typeof ColumnBuilder>) {
    super(...base)
    this.#items = items
    this.#isRaw = isRaw
    this.type = list(field('item', items.type, true))
  }

  protected override reserveValues(length: number): void {
    this.#offsets = grown(this.#offsets, length + 1)
  }
  protected override cutValues(length: number): void {
    this.#items.cut(this.#offsets[length] as number)
  }
  protected override buffers() {
    return { offsets: this.#offsets.subarray(0, this.length + 1), children: [this.#items.take()] }
  }
  override get byteLength(): number {
    return this.length * 4 + this.#items.byteLength
  }

  protected override read(cells: Cells, column: number): void {
    const { starts, ends, stride, rows, block } = cells
    const items = new Cells(block, 1)
    const owners: number[] = []
    const before = this.#offsets[this.length] as number
    for (let row = 0, cell = column; row < rows; row++, cell += stride) {
      const index = this.length + row
      const start = starts[cell] as number
      const end = ends[cell] as number
      const kept = items.rows
      if (start < 0 || this.nulls.has(block.bytes, start, end)) this.setNull(index)
      else {
        const listEnd = scanList(items, this.#isRaw, start, end, cells.lines[row] as number)
        if (listEnd < 0 || skipSpace(block.bytes, listEnd, end) !== end) {
          items.rows = kept
          this.setNull(index)
          cells.fault(row, listEnd < 0 ? whyNot() : 'has something behind the end of the list', this.name)
        }
      }
      this.#offsets[index + 1] = before + items.rows
      for (let item = kept; item < items.rows; item++) owners[item] = row
    }
    this.#items.append(items, 0)
    for (const { row, reason } of items.faults)
      cells.fault(owners[row as number] as number, `has an item that ${reason}`, this.name)
    this.length += rows
  }
}

/** Objects of known keys, written as JSON. A key that is not known is a fault. */
export class StructBuilder extends ColumnBuilder {
  readonly type: DataType
  readonly #children: readonly ColumnBuilder[]
  readonly #keys = new Keys()

  /** Builders go by their place; `names` are the keys. */
  constructor(
    children: readonly { readonly name: string; readonly builder: ColumnBuilder; readonly isRaw: boolean }[],
    ...base: ConstructorParameters<typeof ColumnBuilder>
  ) {
    super(...base)
    this.#children = children.map(({ builder }) => builder)
    for (const [column, { name, isRaw }] of children.entries()) this.#keys.add(name, column, isRaw)
    this.type = struct(children.map(({ name, builder }) => field(name, builder.type, true)))
  }

  protected override reserveValues(): void {
    // The children do.
  }
  protected override cutValues(length: number): void {
    for (const child of this.#children) child.cut(length)
  }
  protected override buffers() {
    return { children: this.#children.map((child) => child.take()) }
  }
  override get byteLength(): number {
    return this.#children.reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  protected override read(cells: Cells, column: number): void {
    const { starts, ends, stride, rows, block } = cells
    const inner = new Cells(block, this.#children.length)
    for (let row = 0, cell = column; row < rows; row++, cell += stride) {
      const start = starts[cell] as number
      const end = ends[cell] as number
      const at = inner.begin()
      let isNull = start < 0 || this.nulls.has(block.bytes, start, end)
      if (!isNull) {
        const stop = scanObject(inner, at, this.#keys, skipSpace(block.bytes, start, end), end)
        isNull = stop < 0 || skipSpace(block.bytes, stop, end) !== end
        if (isNull) {
          cells.fault(row, stop < 0 ? whyNot() : 'has something behind the end of the object', this.name)
          inner.begin()
        }
      }
      const strangers = takeStrangers()
      if (strangers !== undefined && !isNull) cells.fault(row, strangers, this.name)
      if (isNull) this.setNull(this.length + row)
      inner.finish(cells.lines[row] as number, start, end)
    }
    for (const [index, child] of this.#children.entries()) child.append(inner, index)
    for (const { row, reason, column: name } of inner.faults) cells.fault(row as number, reason, name)
    this.length += rows
  }
}
