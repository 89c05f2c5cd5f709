import { review } from './data.ts'
import { fillDecision } from './decision.ts'
import { button, byId } from './dom.ts'
import { fits, onFilter, showFilters } from './filters.ts'
import { obeyKeys, showHelp } from './keys.ts'

// What a review does when it is read: filters, opens decisions and targets, obeys keys.

const decisions = [...byId('decisions').querySelectorAll('details.decision')].map((place) => {
  const decision = review.decisions[Number(place.getAttribute('data-decision'))]
  const body = place.querySelector('.body')
  if (!(place instanceof HTMLDetailsElement && body instanceof HTMLElement && decision)) {
    throw new Error('the page is not whole')
  }
  place.addEventListener('toggle', () => {
    if (place.open) {
      fillDecision(body, decision)
      history.replaceState(null, '', `#${decision.id}`)
    } else body.replaceChildren()
  })
  return { place, body, decision }
})

function applyFilters(): void {
  let shown = 0
  for (const { place, body, decision } of decisions) {
    place.hidden = !fits(decision)
    if (!place.hidden) shown += 1
    if (place.open && !place.hidden) fillDecision(body, decision)
  }
  byId('nothing').hidden = shown > 0 || decisions.length === 0
}

/** From light to dark or back, whichever the system prefers. */
function switchTheme(): void {
  const root = document.documentElement
  const prefersDark = matchMedia('(prefers-color-scheme: dark)').matches
  const dark = root.dataset.theme === undefined ? prefersDark : root.dataset.theme === 'dark'
  root.dataset.theme = dark ? 'light' : 'dark'
}

byId('tools').append(
  button({ id: 'theme' }, switchTheme, 'light / dark'),
  button({ 'aria-label': 'Help' }, showHelp, '?'),
)
// A link may name a decision.
const named = decisions.find(({ decision }) => decision.id === location.hash.slice(1))
if (named) named.place.open = true
showFilters()
onFilter(applyFilters)
obeyKeys()
