import { readFile } from 'node:fs/promises'
import { assetPath, defineBrowserNames } from '../parsing/index.ts'
import { shrink, type Pixels } from './scale.ts'

/** Most pixels of an image that is decoded: four bytes each, twice. */
export const MAX_PIXELS = 48_000_000
export const THUMBNAIL_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/apng', 'image/webp'])

const THUMBNAIL_PIXELS = 256
const QUALITY = 80
/** A decoder keeps the memory of its largest image: after one beyond this many pixels it is started anew. */
const MAX_KEPT_PIXELS = 16_000_000

/** What is used of it; the engine's types know no browser's. */
interface WasmModule {
  readonly compiled?: never
}
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<WasmModule> }

type Init = (module: WasmModule) => Promise<unknown>
type Decode = (bytes: ArrayBuffer) => Promise<Pixels>

interface Codec {
  readonly init: Init
  readonly decode: Decode
  readonly wasm: string
  /** It takes a fresh module any time. */
  readonly canRestart: boolean
}

const LOADERS: Readonly<Record<string, () => Promise<Codec>>> = {
  'image/jpeg': async () => {
    const { init, default: decode } = await import('@jsquash/jpeg/decode.js')
    return {
      init: init as Init,
      decode: (bytes) => decode(bytes, { preserveOrientation: true }),
      wasm: '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
      canRestart: true,
    }
  },
  'image/png': async () => {
    const { init, default: decode } = await import('@jsquash/png/decode.js')
    return {
      init,
      decode: (bytes) => decode(bytes),
      wasm: '@jsquash/png/codec/pkg/squoosh_png_bg.wasm',
      canRestart: false,
    }
  },
  'image/webp': async () => {
    const { init, default: decode } = await import('@jsquash/webp/decode.js')
    return { init: init as Init, decode, wasm: '@jsquash/webp/codec/dec/webp_dec.wasm', canRestart: true }
  },
}

const modules = new Map<string, Promise<WasmModule>>()
const started = new Map<string, Promise<Codec>>()
let encoder: Promise<(pixels: Pixels) => Promise<ArrayBuffer>> | undefined

/** JPEG of at most 256 × 256 of an image of {@link THUMBNAIL_TYPES}. Throws when it cannot be decoded. */
export async function createThumbnail(bytes: Uint8Array, mimeType: string): Promise<Uint8Array> {
  defineBrowserNames()
  const type = mimeType === 'image/apng' ? 'image/png' : mimeType
  const codec = await start(type)
  let pixels: Pixels
  try {
    // Its own buffer: the bytes may be a view into a larger one.
    pixels = await codec.decode(new Uint8Array(bytes).buffer)
  } catch (error) {
    // A decoder that gave up in the middle is not asked again.
    if (codec.canRestart) started.delete(type)
    throw error
  }
  const small = shrink(pixels, THUMBNAIL_PIXELS)
  if (codec.canRestart && pixels.width * pixels.height > MAX_KEPT_PIXELS) started.delete(type)
  const encode = await (encoder ??= startEncoder())
  return new Uint8Array(await encode(small))
}

function start(type: string): Promise<Codec> {
  const running = started.get(type)
  if (running !== undefined) return running
  const load = LOADERS[type]
  if (load === undefined) throw new Error(`No decoder for ${type}.`)
  const starting = load().then(async (codec) => {
    await codec.init(await compile(codec.wasm))
    return codec
  })
  started.set(type, starting)
  return starting
}

async function startEncoder(): Promise<(pixels: Pixels) => Promise<ArrayBuffer>> {
  const { init, default: encode } = await import('@jsquash/jpeg/encode.js')
  await (init as Init)(await compile('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'))
  return (pixels) => encode(pixels as Parameters<typeof encode>[0], { quality: QUALITY })
}

function compile(file: string): Promise<WasmModule> {
  const known = modules.get(file)
  if (known !== undefined) return known
  const compiling = readFile(assetPath(file)).then((bytes) => WebAssembly.compile(bytes))
  modules.set(file, compiling)
  return compiling
}
