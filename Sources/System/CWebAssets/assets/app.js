// Marquee's one module: live patches, forms in the background, local time, keys. Pages work without it.
const root = document.documentElement
const { base, view, event: firstEvent } = document.body.dataset
const byID = id => document.getElementById(id)
const now = () => performance.now()
const pause = ms => new Promise(done => setTimeout(done, ms))
root.classList.add('js-on')

// ---- Markup: only what our own server rendered, through the one trusted-types policy ----

const policy = window.trustedTypes
  ? trustedTypes.createPolicy('marquee', { createHTML: text => text })
  : { createHTML: text => text }

function parse(html) {
  const template = document.createElement('template')
  template.innerHTML = policy.createHTML(html)
  return template.content.firstElementChild
}

const sameNode = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.id || '') === (b.id || '')
const isOlder = (next, here) => Number(next.dataset?.version ?? Infinity) < Number(here.dataset?.version ?? -1)

// Changes `here` into `next` in place, so that focus, scroll, selection, open rows and half-typed text survive.
function morph(here, next) {
  if (here.nodeType !== Node.ELEMENT_NODE) {
    if (here.nodeValue !== next.nodeValue) here.nodeValue = next.nodeValue
    return
  }
  if (isOlder(next, here)) return
  const isOpenable = here.nodeName === 'DETAILS' || here.nodeName === 'DIALOG'
  for (const { name } of [...here.attributes]) {
    if (!next.hasAttribute(name) && !(isOpenable && name === 'open')) here.removeAttribute(name)
  }
  for (const { name, value } of next.attributes) {
    if (here.getAttribute(name) !== value) here.setAttribute(name, value)
  }
  let at = here.firstChild
  for (const child of [...next.childNodes]) {
    let match = at && sameNode(at, child) ? at : null
    if (!match && child.id) match = [...here.children].find(other => sameNode(other, child))
    if (!match) {
      here.insertBefore(child, at)
      continue
    }
    if (match === at) at = at.nextSibling
    else here.insertBefore(match, at)
    morph(match, child)
  }
  while (at) {
    const gone = at
    at = at.nextSibling
    gone.remove()
  }
}

function replace(here, next) {
  const focused = document.activeElement
  const said = byID('library-job')?.dataset.announce
  if (sameNode(here, next)) morph(here, next)
  else if (!isOlder(next, here)) here.replaceWith(next)
  if (focused?.id && !focused.isConnected) byID(focused.id)?.focus({ preventScroll: true })
  settle()
  const says = byID('library-job')?.dataset.announce
  if (says && says !== said) announce(says)
}

// What every new piece of page needs: local times, copyable ids, and its lazily loaded rest.
const loaded = new Set()
function settle() {
  localise()
  for (const copy of document.querySelectorAll('[data-copy]:not([role])')) {
    copy.setAttribute('role', 'button')
    copy.setAttribute('tabindex', '0')
    copy.setAttribute('aria-label', `${copy.dataset.copy}: ${copy.textContent}`)
  }
  const waiting = document.querySelector('[data-load]')
  if (waiting && !loaded.has(waiting.dataset.load)) {
    loaded.add(waiting.dataset.load)
    load(location.href, 'main')
  }
}

// ---- Time in the viewer's zone and language ----

const language = navigator.languages?.find(tag => tag.startsWith(root.lang)) ?? root.lang
const absolute = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' })
const shortDate = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
const steps = [[60, 'second', 1], [3600, 'minute', 60], [86400, 'hour', 3600], [604800, 'day', 86400]]

function localise() {
  for (const element of document.querySelectorAll('time[datetime]')) {
    const date = new Date(element.dateTime)
    if (isNaN(date)) continue
    const seconds = (date - Date.now()) / 1000
    const step = steps.find(([limit]) => Math.abs(seconds) < limit)
    const text = step ? relative.format(Math.trunc(seconds / step[2]), step[1]) : shortDate.format(date)
    if (element.textContent !== text) element.textContent = text
    element.title = absolute.format(date)
  }
}

function span(seconds) {
  const [value, unit] = seconds < 60 ? [seconds, 'second'] : seconds < 3600 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour']
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(Math.floor(value))
}

// ---- Fragments: filters, paging, and the resync after `requests` and `reset` ----

const sequence = {}
const tags = {}

// Fetches one region of a page; `history` is 'push', 'replace' or nothing. Tells whether the page is fresh now.
async function load(href, region, history) {
  const turn = sequence[region] = (sequence[region] ?? 0) + 1
  const page = new URL(href, location.href)
  const url = new URL(page)
  url.hash = ''
  url.searchParams.set('fragment', region)
  const headers = { Accept: 'text/html' }
  if (!history && tags[url]) headers['If-None-Match'] = tags[url]
  let response, html
  try {
    response = await fetch(url, { headers, cache: 'no-store' })
    html = response.ok ? await response.text() : ''
  } catch {
    if (history) location.href = page
    return false
  }
  if (response.status === 401) signedOut()
  if (response.status === 304) return true
  if (!response.ok) {
    if (history) location.href = page
    return false
  }
  if (turn !== sequence[region]) return true
  if (response.headers.get('ETag')) tags[url] = response.headers.get('ETag')
  if (history) window.history[history + 'State']({}, '', page)
  const here = document.querySelector(`[data-region="${region}"]`)
  const next = parse(html)
  if (here && next) replace(here, next)
  if (history === 'push') {
    const shown = document.querySelector(`[data-region="${region}"]`)
    if (region === 'main') scrollTo(0, 0)
    else if (shown?.getBoundingClientRect().top < 0) shown.scrollIntoView()
  }
  return true
}

let refreshTimer = 0
let refreshedAt = -Infinity
function refreshSoon() {
  if (refreshTimer) return
  refreshTimer = setTimeout(() => {
    refreshTimer = 0
    refreshedAt = now()
    load(location.href, document.querySelector('[data-region="list"]') ? 'list' : 'main')
  }, Math.max(0, 2000 - (now() - refreshedAt)))
}

// ---- The live channel: fetch rather than EventSource, which hides heartbeats and status codes ----

const live = { last: firstEvent, isOpen: false, isSignedOut: false, failures: 0, freshAt: now(), isTried: false }
let stopReading = () => {}
let wake = () => {}

function dispatch(name, text, id) {
  if (id) live.last = id
  if (name === 'reset' || name === 'requests') return refreshSoon()
  let data
  try { data = JSON.parse(text) } catch { return }
  for (const [target, html] of Object.entries(data.html ?? {})) {
    const here = byID(target)
    const next = here && parse(html)
    if (next) replace(here, next)
  }
  for (const target of data.removed ?? []) byID(target)?.remove()
}

async function read(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let buffer = '', name = '', id = '', lines = []
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    live.freshAt = now()
    buffer += value
    const parts = buffer.split(/\r\n|\n|\r(?!$)/)
    buffer = parts.pop()
    for (const line of parts) {
      if (line === '') {
        if (lines.length || name) dispatch(name || 'message', lines.join('\n'), id)
        name = id = ''
        lines = []
        continue
      }
      const colon = line.indexOf(':')
      if (colon === 0) continue
      const field = colon < 0 ? line : line.slice(0, colon)
      const content = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
      if (field === 'data') lines.push(content)
      else if (field === 'event') name = content
      else if (field === 'id') id = content
    }
  }
}

async function connect() {
  const abort = new AbortController()
  stopReading = () => abort.abort()
  const headers = { Accept: 'text/event-stream' }
  if (live.last) headers['Last-Event-ID'] = live.last
  const url = `${base}/api/events?html=1&view=${encodeURIComponent(view)}`
  const response = await fetch(url, { headers, cache: 'no-store', signal: abort.signal })
  if (response.status === 401) return signedOut()
  if (!response.ok) throw new Error(String(response.status))
  Object.assign(live, { isOpen: true, isSignedOut: false, failures: 0, freshAt: now() })
  show()
  await read(response)
}

async function follow() {
  for (;;) {
    try { await connect() } catch { /* the indicator tells */ }
    live.isOpen = false
    live.isTried = true
    const delay = Math.min(30, 2 ** live.failures) * 1000 * (0.75 + Math.random() / 2)
    live.failures += 1
    show()
    await Promise.race([pause(delay), new Promise(done => { wake = done })])
    while (document.hidden && live.isParked) await new Promise(done => { wake = done })
  }
}

function signedOut() {
  live.isSignedOut = true
  show()
}

function show() {
  const element = byID('connection')
  const age = (now() - live.freshAt) / 1000
  const state = live.isSignedOut ? 'signed-out'
    : live.isOpen && age < 20 ? 'live'
    : !live.isTried && age < 5 ? 'connecting'
    : live.failures > 3 ? 'polling' : 'reconnecting'
  const sentence = element.getAttribute(`data-${state}`).replace('{age}', span(age))
  element.dataset.state = state
  if (element.lastChild.textContent !== sentence) element.lastChild.textContent = sentence
}

// Silence means a dead stream (the server speaks every 15 s); without a stream the fragment is polled.
function watch() {
  show()
  const age = (now() - live.freshAt) / 1000
  if (live.isOpen && age > 45) stopReading()
  if (!live.isOpen && live.failures > 3 && !live.isSignedOut && !document.hidden && now() - live.polledAt > 15000) {
    live.polledAt = now()
    load(location.href, 'main').then(isFresh => { if (isFresh) live.freshAt = now() })
  }
}
live.polledAt = -Infinity

// A browser allows few connections to one host: tabs out of sight give theirs back after a minute.
let parking = 0
document.addEventListener('visibilitychange', () => {
  clearTimeout(parking)
  if (document.hidden) {
    parking = setTimeout(() => { live.isParked = true; stopReading() }, 60000)
  } else {
    live.isParked = false
    live.failures = 0
    wake()
  }
})
addEventListener('online', () => wake())

// ---- Forms ----

let toastTimer = 0
function toast(text) {
  let element = document.querySelector('.toast')
  if (!element) {
    element = document.createElement('p')
    element.className = 'toast'
    element.setAttribute('role', 'status')
    document.body.append(element)
  }
  element.textContent = text
  clearTimeout(toastTimer)
  toastTimer = setTimeout(() => element.remove(), 6000)
}

let announcedAt = -Infinity
let announcing = 0
function announce(text) {
  clearTimeout(announcing)
  announcing = setTimeout(() => {
    announcedAt = now()
    byID('announce').textContent = text
  }, Math.max(0, 5000 - (now() - announcedAt)))
}

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button))
  button?.setAttribute('aria-busy', 'true')
  try {
    const headers = { Accept: 'application/json', Prefer: 'respond-async' }
    const response = await fetch(form.getAttribute('action'), { method: 'POST', body, headers })
    if (response.status === 401) signedOut()
    if (response.redirected) return await load(response.url, 'main', 'push')
    const answer = await response.json().catch(() => ({}))
    if (!response.ok) toast(answer.detail || answer.title || byID('connection').dataset.failed)
    const job = response.ok && (/\/api\/jobs\/(\d+)/.exec(response.headers.get('Location') ?? '')?.[1]
      ?? answer.job_id ?? answer.id)
    if (job && form.dataset.then) await load(`${form.dataset.then}?job=${job}`, 'main', 'push')
    else await load(location.href, 'main')
  } catch {
    toast(byID('connection').dataset.failed)
  } finally {
    button?.removeAttribute('aria-busy')
  }
}

function filter(form) {
  const query = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (value) query.append(name, value)
  const text = query.toString()
  load(form.getAttribute('action') + (text && '?' + text), form.dataset.live, 'replace')
}

document.addEventListener('submit', event => {
  const form = event.target
  if (form.dataset.async !== undefined) {
    event.preventDefault()
    if (event.submitter?.getAttribute('aria-busy') !== 'true') send(form, event.submitter)
  } else if (form.dataset.live) {
    event.preventDefault()
    filter(form)
  }
})

let typing = 0
document.addEventListener('input', event => {
  const form = event.target.form
  if (!form?.dataset.live) return
  clearTimeout(typing)
  typing = setTimeout(filter, event.target.type === 'search' ? 250 : 0, form)
})

// ---- Pointer and keys ----

document.addEventListener('click', event => {
  const copy = event.target.closest('[data-copy]')
  if (copy) return copyText(copy)
  const link = event.target.closest('a[href]')
  const region = link?.closest('[data-region]')
  const isPlain = !event.defaultPrevented && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (!region || !isPlain || link.origin !== location.origin || link.pathname !== location.pathname) return
  event.preventDefault()
  load(link.href, region.dataset.region, 'push')
})
addEventListener('popstate', () => load(location.href, 'main'))

async function copyText(element) {
  try {
    await navigator.clipboard.writeText(element.textContent)
    toast(byID('connection').dataset.copied)
  } catch {
    getSelection().selectAllChildren(element)
  }
}

function move(by) {
  const rows = [...document.querySelectorAll('[data-row]')]
  if (!rows.length) return
  const here = rows.findIndex(row => row.classList.contains('at'))
  const next = rows[Math.min(rows.length - 1, Math.max(0, here + by))]
  rows[here]?.classList.remove('at')
  next.classList.add('at')
  const target = next.querySelector('a, button, summary') ?? next
  if (target === next) next.tabIndex = -1
  target.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'nearest' })
}

let goUntil = 0
const places = { r: 'requests', l: 'library' }
document.addEventListener('keydown', event => {
  const target = event.target
  if (target.matches('[data-copy]') && (event.key === 'Enter' || event.key === ' ')) {
    event.preventDefault()
    return copyText(target)
  }
  if (event.key === 'Escape' && target.matches('#search')) target.blur()
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (target.matches('input, select, textarea, [contenteditable]') || document.querySelector('dialog[open]')) return
  if (now() < goUntil && places[event.key]) {
    document.querySelector(`[data-go="${places[event.key]}"]`)?.click()
  } else if (event.key === '/') {
    event.preventDefault()
    byID('search').select()
  } else if (event.key === '?') byID('help').showModal()
  else if (event.key === 'j') move(1)
  else if (event.key === 'k') move(-1)
  goUntil = event.key === 'g' ? now() + 1500 : 0
})

const themes = ['dark', 'light', 'auto']
byID('theme').addEventListener('click', event => {
  const theme = themes[(themes.indexOf(root.dataset.theme) + 1) % 3]
  root.dataset.theme = theme
  const button = event.currentTarget
  button.lastElementChild.textContent = button.dataset[theme]
  document.cookie = `marquee_theme=${theme}; path=${base || '/'}; max-age=31536000; samesite=lax`
})

settle()
setInterval(localise, 30000)
if (view) {
  follow()
  setInterval(watch, 1000)
} else byID('connection').hidden = true
