/**
 * Whether this page stands in a frame of another site: a browser then keeps its storage apart from that of the same
 * address opened elsewhere, and a draft is found only from where it was made. Says yes where it cannot be known.
 */

/** Sites are told by their host names alone: which of two names under one domain are one site no page can know. */
export function isKeptApart(page: Window = window): boolean {
  if (page.top === page) return false;
  const { hostname, ancestorOrigins } = page.location;
  if (ancestorOrigins !== undefined)
    return Array.from(ancestorOrigins).some((origin) => hostOf(origin) !== hostname);
  for (let outer = page.parent; ; outer = outer.parent) {
    try {
      if (outer.location.hostname !== hostname) return true;
    } catch {
      return hostOf(page.document.referrer) !== hostname || outer !== page.top;
    }
    if (outer === page.top) return false;
  }
}

/** The same of the page around this one, where that keeps the drafts. */
export function isParentKeptApart(page: Window = window): boolean {
  if (page.parent === page.top) return false;
  const hosts = Array.from(page.location.ancestorOrigins ?? [], hostOf);
  return hosts.length === 0 || hosts.some((host) => host !== hosts[0]);
}

function hostOf(address: string): string | undefined {
  try {
    return new URL(address).hostname;
  } catch {
    return undefined;
  }
}
