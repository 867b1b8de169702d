import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { INITIAL_STATE, type WorkspaceState } from './state.ts'

/** The window's one workspace. Commands and streams change it outside React, so it is a module and no context. */
export const workspaceStore = createStore<WorkspaceState>(() => INITIAL_STATE)

/** A part of the workspace; select plain parts, never build new objects in the selector. */
export function useWorkspace<Part>(select: (state: WorkspaceState) => Part): Part {
  return useStore(workspaceStore, select)
}

export function getWorkspace(): WorkspaceState {
  return workspaceStore.getState()
}

export function updateWorkspace(change: (state: WorkspaceState) => Partial<WorkspaceState>): void {
  workspaceStore.setState(change)
}

/** Calls back each time a restarted engine knows the open datasets again. */
export function onRecovered(listener: () => void): () => void {
  return workspaceStore.subscribe((state, before) => {
    if (state.recoveries !== before.recoveries) listener()
  })
}
