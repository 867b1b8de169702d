/* The thin piece between the page and the main process: five named functions and one kind of message, nothing raw. */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { DESKTOP_CHANNELS, DESKTOP_DOOR, type DesktopDoor, type DesktopEvent } from '#shared/model/desktop-door.ts'

const door: DesktopDoor = {
  connect: () => ipcRenderer.invoke(DESKTOP_CHANNELS.connect),
  restartEngine: () => ipcRenderer.invoke(DESKTOP_CHANNELS.restartEngine),
  pickDirectory: () => ipcRenderer.invoke(DESKTOP_CHANNELS.pickDirectory),
  pathOf: (file) => webUtils.getPathForFile(file),
  pageReady: () => ipcRenderer.invoke(DESKTOP_CHANNELS.pageReady),
}

// Ports cannot cross the context bridge; a message of the page's own window carries them.
ipcRenderer.on(DESKTOP_CHANNELS.event, (event, data: DesktopEvent) => {
  window.postMessage(data, location.origin, [...event.ports])
})

contextBridge.exposeInMainWorld(DESKTOP_DOOR, door)
