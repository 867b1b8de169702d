import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { BrowserContext, CDPSession, Page, Route } from '@playwright/test'
import { app, emitPreventable } from './app.ts'
import { ipcHandlers } from './ipc-main.ts'
import { MAIN_WORLD_SOURCE, preloadSource } from './page-world.ts'
import { MovedPorts, type MessagePortMain } from './ports.ts'
import { answerScheme } from './protocol.ts'
import { record } from './record.ts'
import { decodeWire, encodeWire } from './wire.ts'

/** `app://bundle` as Chromium sees it: a secure, standard origin no name server knows. */
const WEB = 'https://bundle.app.invalid'
const toWeb = (address: string): string => address.replace(/^app:\/\/bundle/, WEB)
const toApp = (address: string): string =>
  address.startsWith(WEB) ? `app://bundle${address.slice(WEB.length)}` : address

interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
interface WindowOptions extends Partial<Bounds> {
  readonly webPreferences?: Readonly<Record<string, unknown>>
}
type WindowOpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' }
type FromPage =
  | { readonly invoke: string; readonly args: readonly unknown[]; readonly id: number }
  | { readonly port: number; readonly data?: unknown; readonly closed?: true }

let context: Promise<BrowserContext>
export function setContext(given: Promise<BrowserContext>): void {
  context = given
}

export class WebContents extends EventEmitter {
  openHandler: WindowOpenHandler | undefined
  private readonly window: BrowserWindow
  constructor(window: BrowserWindow) {
    super()
    this.window = window
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.openHandler = handler
  }
  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    this.window.sendToPage(channel, message, transfer)
  }
}

/** A window is a page of Chromium whose requests the app's own protocol handler answers. */
export class BrowserWindow extends EventEmitter {
  static readonly all = new Set<BrowserWindow>()
  static getAllWindows = (): BrowserWindow[] => [...BrowserWindow.all]
  static fromWebContents = (contents: WebContents): BrowserWindow | null =>
    [...BrowserWindow.all].find((window) => window.webContents === contents) ?? null

  readonly webContents: WebContents
  page: Page | undefined
  private cdp: CDPSession | undefined
  private preloadContext: number | undefined
  private readonly moved = new MovedPorts()
  private readonly preload: string
  private bounds: Bounds
  private maximized = false
  private destroyed = false

  constructor(options: WindowOptions) {
    super()
    const { x = 0, y = 0, width = 800, height = 600, webPreferences = {} } = options
    for (const [name, needed] of Object.entries({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    })) {
      if ((webPreferences[name] ?? needed) !== needed) throw new Error(`webPreferences.${name} has to be ${needed}.`)
    }
    this.bounds = { x, y, width, height }
    this.preload = readFileSync(String(webPreferences['preload']), 'utf8')
    this.webContents = new WebContents(this)
    BrowserWindow.all.add(this)
    record.windows.push({ width, height, ...(options.x === undefined ? {} : { x, y }) })
    app.emit('web-contents-created', {}, this.webContents)
  }

  show = (): void => void record.shown++
  focus = (): void => void this.emit('focus')
  restore = (): void => undefined
  isMinimized = (): boolean => false
  isMaximized = (): boolean => this.maximized
  isDestroyed = (): boolean => this.destroyed
  getNormalBounds = (): Bounds => this.bounds
  maximize = (): void => {
    this.maximized = true
    record.maximized++
    this.emit('maximize')
  }
  setBounds = (bounds: Bounds): void => {
    this.bounds = bounds
    this.emit('move')
    this.emit('resize')
  }

  /** Closes unless somebody prevents it; resolves to whether it did. */
  async closeWindow(): Promise<boolean> {
    if (emitPreventable(this, 'close')) return false
    this.destroyed = true
    this.moved.closeAll()
    await this.page?.close()
    BrowserWindow.all.delete(this)
    this.emit('closed')
    return true
  }

  async loadURL(address: string): Promise<void> {
    const browser = await context
    const page = browser.pages().find((candidate) => candidate.url() === 'about:blank') ?? (await browser.newPage())
    this.page = page
    const cdp = await browser.newCDPSession(page)
    this.cdp = cdp
    await page.route('**/*', (route) => this.answer(route))
    await cdp.send('Page.enable')
    await cdp.send('Runtime.enable')
    cdp.on('Runtime.executionContextCreated', ({ context: created }) => {
      if (created.name === 'preload') this.preloadContext = created.id
    })
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === 'standInSend') void this.fromPage(decodeWire(payload) as FromPage)
    })
    await cdp.send('Runtime.addBinding', { name: 'standInSend', executionContextName: 'preload' })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: MAIN_WORLD_SOURCE })
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadSource(this.preload),
      worldName: 'preload',
    })
    this.guardPopups(browser, cdp, page)
    cdp.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.webContents.emit('did-navigate', {}, toApp(frame.url))
    })
    page.on('load', () => this.webContents.emit('did-finish-load'))
    await page.goto(toWeb(address))
    this.emit('ready-to-show')
  }

  /** Sends to listeners in the preload, ports going along. */
  sendToPage(channel: string, message: unknown, transfer: readonly MessagePortMain[]): void {
    const ports = transfer.map((port) => this.moved.move(port, (data) => void this.receive(data)))
    void this.receive({ channel, args: [message], ports })
  }

  /** Tells the preload's webUtils where a file of that name came from; resolves once it knows. */
  async setFilePath(name: string, path: string): Promise<void> {
    await this.receive({ filePath: { name, path } })
  }

  /** Calls an ipcMain handler as a frame at `url` would; null = the frame is gone. */
  async invoke(channel: string, args: readonly unknown[], url?: string | null): Promise<unknown> {
    const handler = ipcHandlers.get(channel)
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
    const here = toApp(this.page?.mainFrame().url() ?? '')
    const senderFrame = url === null ? null : { url: url ?? here, parent: null }
    return handler({ sender: this.webContents, senderFrame }, ...args)
  }

  private async receive(message: unknown): Promise<void> {
    const expression = `standInReceive(${JSON.stringify(encodeWire(message))})`
    const sent = this.cdp?.send('Runtime.evaluate', {
      expression,
      ...(this.preloadContext === undefined ? {} : { contextId: this.preloadContext }),
    })
    // A page that reloads or closes takes its world along.
    await sent?.catch(() => undefined)
  }

  private async fromPage(message: FromPage): Promise<void> {
    if ('port' in message) return this.moved.receive(message)
    try {
      void this.receive({ reply: message.id, value: (await this.invoke(message.invoke, message.args)) ?? null })
    } catch (error) {
      void this.receive({ reply: message.id, error: error instanceof Error ? error.message : String(error) })
    }
  }

  private async answer(route: Route): Promise<void> {
    const request = route.request()
    const url = toApp(request.url())
    const leaves = request.isNavigationRequest() && this.page?.url() !== 'about:blank'
    if (leaves && emitPreventable(this.webContents, 'will-navigate', { url }, url)) {
      record.preventedNavigations.push(url)
      return route.abort('aborted')
    }
    const answer = await answerScheme(url, request.method(), request.headers())
    if (answer === undefined) return route.abort('blockedbyclient')
    const body = Buffer.from(await answer.arrayBuffer())
    await route
      .fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body })
      .catch(() => undefined)
  }

  /** New windows are the app's decision; Chromium has already made one by the time anybody is asked here. */
  private guardPopups(browser: BrowserContext, cdp: CDPSession, page: Page): void {
    let verdict: 'allow' | 'deny' = 'deny'
    cdp.on('Page.windowOpen', ({ url }) => {
      verdict = this.webContents.openHandler?.({ url: toApp(url) }).action ?? 'allow'
    })
    browser.on('page', (opened) => {
      if (opened !== page && verdict === 'deny') void opened.close()
    })
  }
}
