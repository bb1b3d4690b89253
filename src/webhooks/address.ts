import ipaddr from 'ipaddr.js'

/**
 * Whether an IP address is one of the public Internet, in any spelling that a socket takes. Everything that the registries
 * of IANA (RFC 6890) keep for something else is not: this machine, private networks, link-local ones with the metadata
 * of clouds, multicast, and what carries an IPv4 address within an IPv6 one. Only 2000::/3 is given out of IPv6.
 */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast)
}

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')
