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
  // A season loaded on demand stays; its parts are patched by their own ids.
  if (here.nodeName === 'DETAILS' && here.open && !here.dataset.fetch && next.dataset.fetch) return
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

// What a listener should hear of an element: its own words, or its title with its stage.
function words(element) {
  if (!element?.dataset?.stage) return element?.dataset?.announce
  const title = element.querySelector('h1 bdi, h3 bdi, .media-title')?.textContent
  return `${title}: ${element.querySelector('.badge')?.childNodes[1]?.nodeValue}`
}

function replace(here, next) {
  const focused = document.activeElement
  const said = [here, byID('library-job')].map(words)
  if (sameNode(here, next)) morph(here, next)
  else if (!isOlder(next, here)) here.replaceWith(next)
  if (focused?.id && !focused.isConnected) byID(focused.id)?.focus({ preventScroll: true })
  settle()
  const says = [byID(here.id), byID('library-job')].map(words)
  const news = says.find((sentence, index) => sentence && said[index] && sentence !== said[index])
  if (news) announce(news)
}

// ---- Lists that cards come to, leave, and move within: `data-list` names the list, `data-order` the place ----

const held = new Map()
const canHover = matchMedia('(hover: hover)')

function isBusy(list) {
  const band = list?.closest('[data-holds]')
  return Boolean(band && (band.dataset.still !== undefined || (canHover.matches && band.matches(':hover')) || band.contains(document.activeElement)))
}

// Whether a card is one of those that the page's filters ask for.
function fits(card) {
  const search = byID('filter-q')?.value.toLowerCase() ?? ''
  return card.textContent.toLowerCase().includes(search) && [...document.querySelectorAll('.filters select')]
    .every(({ name, value }) => !value || (card.dataset[name] ?? value) === value)
}

// Puts a card where it belongs, unless someone points at or works in one of the two lists: then a little later.
function place(card, isWanted) {
  const list = byID(card.dataset.list)
  if (!list) return
  const order = Number(card.dataset.order)
  const next = [...list.children].find(other => other !== card && Number(other.dataset.order) > order) ?? null
  if (card.parentElement === list && card.nextElementSibling === next) return
  if (!isWanted && (isBusy(list) || isBusy(card.parentElement))) {
    if (!card.isConnected) held.set(card.id, card)
    return
  }
  held.delete(card.id)
  list.insertBefore(card, next)
  if (list.children.length > (list.dataset.limit ?? Infinity)) list.lastElementChild.remove()
}

function patch(id, html) {
  const next = parse(html)
  const here = byID(id) ?? held.get(id)
  if (here && next) replace(here, next)
  const card = here ?? next
  if (card?.dataset.list) place(card)
}

function drop(id) {
  held.delete(id)
  const gone = byID(id)
  if (gone?.contains(document.activeElement)) {
    (gone.nextElementSibling ?? gone.previousElementSibling)?.querySelector('a, button')?.focus({ preventScroll: true })
  }
  gone?.remove()
}

// What follows from the cards that are there: waiting ones, empty bands, rows that no longer match the filter.
function tidy() {
  for (const card of [...held.values(), ...document.querySelectorAll('[data-limit] > [data-list]')]) place(card)
  for (const band of document.querySelectorAll('[data-holds]')) {
    const list = band.dataset.holds
    const count = [...held.values()].filter(card => card.dataset.list === list && fits(card)).length
    const button = band.querySelector('[data-waiting]')
    const text = button.dataset.text.replace('{count}', count)
    if (button.textContent !== text) button.textContent = text
    button.hidden = !count
    band.hidden = !count && !byID(list).children.length
  }
  for (const element of document.querySelectorAll('[data-unless]')) {
    element.hidden = element.dataset.unless.split(' ').some(id => byID(id)?.children.length)
  }
  if (view !== 'requests') return
  const query = new URLSearchParams(location.search)
  const stages = query.getAll('state').filter(Boolean), need = query.get('attention')
  for (const { dataset: { stage, attention }, classList } of document.querySelectorAll('tr[data-stage]')) {
    const isOut = stages.length ? !stages.includes(stage) : stage === 'deleted'
    classList.toggle('dim', isOut || Boolean(need) && (need === 'true' ? !attention : attention !== need))
  }
}

// What every new piece of page needs: local times, copyable ids, and its lazily loaded rest.
const loaded = new Set()
function settle() {
  countPicked()
  localise()
  for (const copy of document.querySelectorAll('[data-copy]:not([role])')) {
    copy.setAttribute('role', 'button')
    copy.setAttribute('tabindex', '0')
    copy.setAttribute('aria-label', `${copy.dataset.copy}: ${copy.textContent}`)
  }
  for (const dialog of document.querySelectorAll('dialog[data-back][open]:not(:modal)')) {
    dialog.removeAttribute('open')
    dialog.showModal()
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
    const text = element.dataset.span !== undefined ? span(-seconds) : step ? relative.format(Math.trunc(seconds / step[2]), step[1]) : shortDate.format(date)
    if (element.textContent !== text) element.textContent = text
    element.title = absolute.format(date)
  }
}

function span(seconds) {
  const [, unit, length] = steps.find(([limit]) => seconds < limit) ?? steps[3]
  const amount = Math.floor(Math.max(0, seconds) / length)
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(amount)
}

// ---- Fragments: filters, paging, and the resync after `requests` and `reset` ----

const sequence = {}
const tags = {}

// Fetches one region of a page; `history` is 'push', 'replace' or nothing. Tells whether the page is fresh now.
// What somebody asked to see is not overtaken by a refresh of what they leave.
const leaving = {}
async function load(href, region, history) {
  if (!history && leaving[region]) return true
  if (!history) return await fill(href, region)
  const visit = leaving[region] = {}
  try {
    return await fill(href, region, history)
  } finally {
    if (leaving[region] === visit) delete leaving[region]
  }
}

async function fill(href, region, history) {
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
  if (history && region === 'main') showFilters()
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
  for (const [target, html] of Object.entries(data.html ?? {})) patch(target, html)
  for (const target of data.removed ?? []) drop(target)
  tidy()
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
  if (live.isSignedOut) signedOut(false)
  Object.assign(live, { isOpen: true, failures: 0, freshAt: now() })
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

// The content stays, marked old, with the way to sign in above it.
function signedOut(isOut = true) {
  live.isSignedOut = isOut
  const banner = byID('signed-out')
  banner.hidden = !isOut
  root.classList.toggle('old', isOut)
  const link = banner.querySelector('a')
  link.search = '?next=' + encodeURIComponent(location.pathname.slice(base.length) + location.search)
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
  const word = element.querySelector('span')
  element.dataset.state = state
  if (word.textContent !== sentence) word.textContent = sentence
}

// Silence means a dead stream (the server speaks every 15 s); without a stream the fragment is polled.
function watch() {
  show()
  tidy()
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
    const modal = document.querySelector('dialog:modal') ?? document.body
    modal.append(element)
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
    if (document.body.dataset.csrf) headers['X-CSRF-Token'] = document.body.dataset.csrf
    const response = await fetch(form.getAttribute('action'), { method: 'POST', body, headers })
    if (response.status === 401) signedOut()
    if (response.redirected) {
      const to = new URL(response.url)
      return to.pathname === location.pathname ? await load(to, 'main', 'push') : location.assign(to)
    }
    const answer = await response.json().catch(() => ({}))
    if (!response.ok) toast(answer.detail || answer.title || byID('connection').dataset.failed)
    const job = response.ok && (/\/api\/jobs\/(\d+)/.exec(response.headers.get('Location') ?? '')?.[1]
      ?? answer.job_id ?? answer.id)
    if (job && form.dataset.then) await load(`${form.dataset.then}?job=${job}`, 'main', 'push')
    else if (response.ok && form.closest('dialog')) form.closest('dialog').close()
    else await load(location.href, 'main')
    const said = byID('connection').dataset[answer.result ?? (answer.action && 'retried')]
    if (response.ok && said) toast(said)
  } catch {
    toast(byID('connection').dataset.failed)
  } finally {
    button?.removeAttribute('aria-busy')
  }
}

// The fields say what the address says, whatever was chosen in them before.
function showFilters() {
  for (const form of document.querySelectorAll('form[data-live]')) form.reset()
}

function filter(form, history) {
  const query = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (value) query.append(name, value)
  const text = query.toString()
  load(form.getAttribute('action') + (text && '?' + text), form.dataset.live, history)
}

/** A service's test: what came of it stands in the form, and what was typed stays. */
async function probe(form, button) {
  const said = form.querySelector('output')
  button.setAttribute('aria-busy', 'true')
  try {
    const headers = { Accept: 'application/json', 'X-CSRF-Token': document.body.dataset.csrf ?? '' }
    const body = new URLSearchParams(new FormData(form))
    const response = await fetch(button.dataset.probe, { method: 'POST', body, headers })
    const answer = await response.json()
    said.dataset.ok = answer.ok ?? false
    said.textContent = answer.summary ?? answer.detail
  } catch {
    toast(byID('connection').dataset.failed)
  } finally {
    button.removeAttribute('aria-busy')
  }
}

document.addEventListener('submit', event => {
  const form = event.target
  if (event.submitter?.dataset.probe) {
    event.preventDefault()
    probe(form, event.submitter)
    return
  }
  if (form.dataset.async !== undefined) {
    event.preventDefault()
    if (event.submitter?.getAttribute('aria-busy') !== 'true') send(form, event.submitter)
  } else if (form.dataset.live) {
    event.preventDefault()
    filter(form, 'push')
  }
})

let typing = 0
document.addEventListener('input', event => {
  const form = event.target.form
  if (!form?.dataset.live) return
  clearTimeout(typing)
  const isTyped = event.target.type === 'search'
  typing = setTimeout(filter, isTyped ? 250 : 0, form, isTyped ? 'replace' : 'push')
})

// ---- Pointer and keys ----

document.addEventListener('click', event => {
  if (event.target.name === 'ids') pick(event.target, event.shiftKey)
  const copy = event.target.closest('[data-copy]')
  if (copy) return copyText(copy)
  const square = event.target.closest(squares)
  openSquare(square)
  if (square && event.target.closest('summary')) return event.preventDefault()
  const waiting = event.target.closest('[data-waiting]')?.dataset.waiting
  const cards = [...held.values()].filter(card => card.dataset.list === waiting)
  if (event.target.closest('[data-still]')) {
    // A still list is fetched anew, with what waits for it.
    for (const card of cards) held.delete(card.id)
  } else if (waiting) {
    for (const card of cards) place(card, true)
    cards[0]?.querySelector('a').focus()
    return tidy()
  }
  const link = event.target.closest('a[href]')
  if (link?.closest('dialog[data-back]')) {
    event.preventDefault()
    return link.closest('dialog').close()
  }
  const region = link?.closest('[data-region]')
  const isPlain = !event.defaultPrevented && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (!region || !isPlain || link.origin !== location.origin || link.pathname !== location.pathname) return
  event.preventDefault()
  load(link.href, region.dataset.region, 'push')
})
addEventListener('popstate', () => load(location.href, 'main').then(showFilters))

const squares = '.squares details'

// One square is open at a time: the one that was tapped or has the focus.
function openSquare(square) {
  for (const other of document.querySelectorAll(squares + '[open]')) if (other !== square) other.open = false
  if (square) square.open = true
}
document.addEventListener('focusin', event => openSquare(event.target.closest(squares)))

// A season opened for the first time fetches its episodes; a dialog with an address leads back when it is closed.
document.addEventListener('toggle', event => {
  const { open, dataset } = event.target
  if (open && dataset.fetch) load(dataset.fetch, dataset.region)
}, true)
document.addEventListener('close', ({ target }) => {
  if (!target.dataset.back) return
  // Gone before the page without it comes: so what had the focus keeps its place, and gets it back.
  target.remove()
  load(target.dataset.back, 'main', 'push')
}, true)

async function copyText(element) {
  try {
    await navigator.clipboard.writeText(element.textContent)
    toast(byID('connection').dataset.copied)
  } catch {
    getSelection().selectAllChildren(element)
  }
}

// Ticked rows: how many, and from the last one clicked to this one with Shift.
let picked
function pick(box, isRange) {
  const boxes = [...document.querySelectorAll('[name=ids]')]
  const [from, to] = [boxes.indexOf(picked), boxes.indexOf(box)].sort((a, b) => a - b)
  if (isRange && from >= 0) for (const other of boxes.slice(from, to)) other.checked = box.checked
  picked = box
  countPicked()
}

function countPicked() {
  const count = byID('picked')
  if (count) count.textContent = document.querySelectorAll('[name=ids]:checked').length
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
const places = { a: 'activity', r: 'requests', l: 'library', h: 'history', s: 'status' }
document.addEventListener('keydown', event => {
  const target = event.target
  if (target.matches('[data-copy]') && (event.key === 'Enter' || event.key === ' ')) {
    event.preventDefault()
    return copyText(target)
  }
  if (event.key === 'Escape' && target.matches('#search')) target.blur()
  if (event.key === 'Escape') openSquare(null)
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (step && target.matches(squares + ' > summary')) {
    const all = [...document.querySelectorAll(squares + ' > summary')]
    return all[all.indexOf(target) + step]?.focus()
  }
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
  else if (event.key === 'x') document.querySelector('.at [name=ids]')?.click()
  goUntil = event.key === 'g' ? now() + 1500 : 0
})

const remember = (name, value) => {
  document.cookie = `marquee_${name}=${value}; path=${base || '/'}; max-age=31536000; samesite=lax`
}
const themes = ['dark', 'light', 'auto']
byID('theme').addEventListener('click', event => {
  const theme = themes[(themes.indexOf(root.dataset.theme) + 1) % 3]
  root.dataset.theme = theme
  const button = event.currentTarget
  button.lastElementChild.textContent = button.dataset[theme]
  remember('theme', theme)
})
remember('zone', absolute.resolvedOptions().timeZone)

settle()
setInterval(localise, 30000)
if (view) {
  follow()
  setInterval(watch, 1000)
} else byID('connection').hidden = true
