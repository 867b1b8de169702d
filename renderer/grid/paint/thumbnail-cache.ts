import { THUMBNAIL_SIZE, type Thumbnail, type Thumbnails } from './image.ts'

/** At about 11 kB each. */
const MAX_THUMBNAILS = 500
const MAX_LOADING = 6
/** Waiting requests beyond this many are dropped, oldest first: they have scrolled away. */
const MAX_WAITING = 80

/** Fetches pictures by address, shrinks them and keeps the most recently used ones. */
export class ThumbnailCache implements Thumbnails {
  private readonly thumbnails = new Map<string, Thumbnail>()
  private waiting: string[] = []
  private loading = 0
  private readonly onLoad: () => void
  /** While true (fast scrolling) nothing new is fetched. */
  isPaused = false

  constructor(onLoad: () => void) {
    this.onLoad = onLoad
  }

  get(url: string): Thumbnail {
    const known = this.thumbnails.get(url)
    if (known !== undefined) {
      this.thumbnails.delete(url)
      this.thumbnails.set(url, known)
      return known
    }
    if (!this.isPaused) this.request(url)
    return 'loading'
  }

  clear(): void {
    for (const thumbnail of this.thumbnails.values()) release(thumbnail)
    this.thumbnails.clear()
    this.waiting = []
  }

  private request(url: string): void {
    this.thumbnails.set(url, 'loading')
    this.waiting.push(url)
    for (const dropped of this.waiting.splice(0, Math.max(0, this.waiting.length - MAX_WAITING))) {
      this.thumbnails.delete(dropped)
    }
    this.next()
  }

  private next(): void {
    while (this.loading < MAX_LOADING) {
      const url = this.waiting.pop()
      if (url === undefined) return
      this.loading++
      void this.load(url)
    }
  }

  private async load(url: string): Promise<void> {
    try {
      this.keep(url, await fetchThumbnail(url))
    } catch {
      this.keep(url, 'broken')
    } finally {
      this.loading--
      this.next()
    }
    this.onLoad()
  }

  private keep(url: string, thumbnail: Thumbnail): void {
    this.thumbnails.delete(url)
    this.thumbnails.set(url, thumbnail)
    for (const [oldest, dropped] of this.thumbnails) {
      if (this.thumbnails.size <= MAX_THUMBNAILS) return
      release(dropped)
      this.thumbnails.delete(oldest)
    }
  }
}

/** Decodes off the main thread and cuts the middle out to fill the frame. */
async function fetchThumbnail(url: string): Promise<ImageBitmap> {
  const image = new Image()
  image.src = url
  await image.decode()
  const { width, height } = THUMBNAIL_SIZE
  const scale = Math.max(width / image.naturalWidth, height / image.naturalHeight)
  const cutWidth = width / scale
  const cutHeight = height / scale
  const x = (image.naturalWidth - cutWidth) / 2
  const y = (image.naturalHeight - cutHeight) / 2
  return createImageBitmap(image, x, y, cutWidth, cutHeight, {
    resizeWidth: width,
    resizeHeight: height,
    resizeQuality: 'medium',
  })
}

function release(thumbnail: Thumbnail): void {
  if (typeof thumbnail === 'object') thumbnail.close()
}
