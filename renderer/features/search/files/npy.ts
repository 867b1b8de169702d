/** A refusal of a `.npy` file, in a sentence for people. */
export class NpyProblem extends Error {}

/** The numbers of a `.npy` file: a one-dimensional array is one vector, a two-dimensional one several. */
export interface NpyVectors {
  /** NumPy's name of the elements, such as `<f4`. */
  readonly dtype: string
  readonly vectors: readonly ArrayLike<number>[]
}

/** Longest header looked at; NumPy's own are some hundred bytes. */
const HEADER_MAX = 65_536
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

/**
 * Reads NumPy's file format, versions 1 to 3, C order: whole numbers, floats of 2, 4 and 8 bytes, either byte order. Throws
 * {@link NpyProblem} for anything else, and for more numbers than `numbersMax`.
 */
export function parseNpy(bytes: Uint8Array, numbersMax: number): NpyVectors {
  const { header, dataStart } = readHeader(bytes)
  const dtype = field(header, /'descr'\s*:\s*'([^']*)'/)
  if (dtype === undefined) throw new NpyProblem('The file holds records of several fields, not an array of numbers.')
  const isFortran = field(header, /'fortran_order'\s*:\s*(True|False)/)
  const shape = parseShape(header)
  if (isFortran === undefined || shape === undefined) throw new NpyProblem('The header of the file cannot be read.')
  const read = readerOf(dtype)
  const [rows, length] = shape.length === 1 ? [1, shape[0] ?? 0] : [shape[0] ?? 0, shape[1] ?? 0]
  if (shape.length === 0 || shape.length > 2) {
    throw new NpyProblem(`The array has ${shape.length} dimensions; a vector has one, a list of vectors two.`)
  }
  if (isFortran === 'True' && rows > 1 && length > 1) {
    throw new NpyProblem('The array is in Fortran order. Save numpy.ascontiguousarray(array) instead.')
  }
  const count = rows * length
  if (count === 0) throw new NpyProblem('The array is empty.')
  if (count > numbersMax) throw new NpyProblem(`The array has ${count} numbers; at most ${numbersMax} can be taken.`)
  const left = bytes.byteLength - dataStart
  if (left < count * read.size) {
    throw new NpyProblem(`The file ends early: ${count * read.size} bytes of numbers are announced, ${left} are there.`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, count * read.size)
  const vectors = Array.from({ length: rows }, (_, row) =>
    Float64Array.from({ length }, (_value, i) => read.at(view, (row * length + i) * read.size)),
  )
  return { dtype, vectors }
}

function readHeader(bytes: Uint8Array): { readonly header: string; readonly dataStart: number } {
  if (bytes.length < 10 || MAGIC.some((value, i) => bytes[i] !== value)) {
    throw new NpyProblem('This is not a NumPy .npy file.')
  }
  const major = bytes[6] ?? 0
  if (major < 1 || major > 3) throw new NpyProblem(`Version ${major} of the .npy format is not known.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = major === 1 ? 10 : 12
  if (bytes.length < start) throw new NpyProblem('The file ends in its header.')
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > HEADER_MAX) throw new NpyProblem('The header of the file is too long.')
  if (bytes.length < start + length) throw new NpyProblem('The file ends in its header.')
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1')
  return { header: text.decode(bytes.subarray(start, start + length)), dataStart: start + length }
}

function field(header: string, pattern: RegExp): string | undefined {
  return pattern.exec(header)?.[1]
}

function parseShape(header: string): readonly number[] | undefined {
  const inside = field(header, /'shape'\s*:\s*\(([^)]*)\)/)
  if (inside === undefined) return undefined
  const parts = inside
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const sizes = parts.map((part) => (/^\d{1,15}L?$/.test(part) ? Number.parseInt(part, 10) : NaN))
  return sizes.some(Number.isNaN) ? undefined : sizes
}

interface Reader {
  readonly size: number
  at(view: DataView, offset: number): number
}

function readerOf(dtype: string): Reader {
  const [, order = '', kind = '', digits = ''] = /^([<>|=])([a-zA-Z])(\d+)$/.exec(dtype) ?? []
  const isLittle = order !== '>'
  const of = (size: number, at: (view: DataView, offset: number) => number): Reader => ({ size, at })
  switch (`${kind}${digits}`) {
    case 'f2':
      return of(2, (view, offset) => halfToNumber(view.getUint16(offset, isLittle)))
    case 'f4':
      return of(4, (view, offset) => view.getFloat32(offset, isLittle))
    case 'f8':
      return of(8, (view, offset) => view.getFloat64(offset, isLittle))
    case 'i1':
      return of(1, (view, offset) => view.getInt8(offset))
    case 'u1':
      return of(1, (view, offset) => view.getUint8(offset))
    case 'i2':
      return of(2, (view, offset) => view.getInt16(offset, isLittle))
    case 'u2':
      return of(2, (view, offset) => view.getUint16(offset, isLittle))
    case 'i4':
      return of(4, (view, offset) => view.getInt32(offset, isLittle))
    case 'u4':
      return of(4, (view, offset) => view.getUint32(offset, isLittle))
    case 'i8':
      return of(8, (view, offset) => exact(view.getBigInt64(offset, isLittle)))
    case 'u8':
      return of(8, (view, offset) => exact(view.getBigUint64(offset, isLittle)))
    case '':
      throw new NpyProblem(
        dtype.includes('O')
          ? 'The file holds pickled Python objects, which are not opened. Save a numeric array instead.'
          : `Elements of type “${dtype.slice(0, 20)}” are not numbers that can be searched with.`,
      )
    default:
      throw new NpyProblem(`Elements of type “${dtype.slice(0, 20)}” are not numbers that can be searched with.`)
  }
}

function exact(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new NpyProblem(`The number ${value} is too large to be taken exactly.`)
  return number
}

/** IEEE 754 half precision. */
function halfToNumber(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
