/**
 * Our page within a frame: tells the page around it how high it is, and opens what is no part of the discussion beside
 * it. It speaks to nobody but the site's own origins, which its page names.
 */
const origins =
  document.querySelector<HTMLMetaElement>('meta[name=postbag-origins]')?.content.split(' ') ?? []

if (window.parent !== window) {
  // A browser that does not say who frames the page delivers to those whose origin it is.
  const [around] = location.ancestorOrigins ?? []
  const told = origins.filter((origin) => around === undefined || origin === around)
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height)
    for (const origin of told) window.parent.postMessage({ type: 'postbag-height', height }, origin)
  }
  new ResizeObserver(tell).observe(document.documentElement)
  for (const link of document.links) {
    if (link.pathname !== location.pathname || link.host !== location.host) link.target = '_blank'
  }
}
