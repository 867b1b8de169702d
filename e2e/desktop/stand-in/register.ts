/* Loaded with `node --import`: from here on, `electron` means the stand-in. */
import { register } from 'node:module'

register('./hooks.mjs', import.meta.url)
