import './ui/tokens.css'
import { createRoot } from 'react-dom/client'
import { toErrorValue } from '#shared/errors.ts'
import { connectHost } from '#renderer/bridge/index.ts'
import { setHost } from '#renderer/features/workspace/index.ts'
import { App } from './app/app.tsx'
import { ConnectFailure } from './app/connect-failure.tsx'
import { offerOnConsole } from './app/console-api.ts'

const place = document.getElementById('root')
if (place === null) throw new Error('index.html has no #root element.')
const root = createRoot(place)

try {
  const host = await connectHost()
  setHost(host)
  offerOnConsole(host.api)
  root.render(<App />)
} catch (error) {
  root.render(<ConnectFailure error={toErrorValue(error)} />)
}
