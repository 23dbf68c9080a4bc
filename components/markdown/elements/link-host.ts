/** Characters that are not seen or change the direction of text, and can hide what an address is. */
const UNSEEN = /\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;
/** Dots of other scripts that a browser reads as a dot of a host name. */
const DOTS = /[\u3002\uff0e\uff61\u2024]/g;
/** A host name or an IP address, with what may stand before it in an address. */
const HOST =
  /(?:[a-z][a-z\d+.-]{0,20}:\/*)?(?:[^\s/@]{0,200}@)?((?:[\p{L}\p{N}\p{M}_-]{1,63}\.)+(?:[\p{L}\p{N}\p{M}-]{2,63}|\d))/iu;

/** What stands between words, except in an address. */
const SEPARATORS = /[\s,;|<>()[\]{}"'“”«»、]+/;

/** A host stands within that many characters. */
const LONGEST_WORD = 500;
const LONGEST_TEXT = 10_000;

/** Endings of file names that are no endings of host names. */
const FILES = new Set(
  'bat bmp c cfg conf cpp cs css csv doc docx dll env exe gif go gz h hpp htm html ini ipynb java jpeg jpg js json jsx kt lock log m md5 mjs mp3 mp4 pdf php png ppt pptx r rb scss sql svg tar tex toml ts tsx txt vue wasm webp xls xlsx xml yaml yml'.split(
    ' ',
  ),
);

/**
 * The host (or the mail address) to show beside a link, or null if its text is honest. It is shown if the text names
 * another host than the target; if the target holds a name before its host (`https://bank.example@other.example`); and
 * if the host is written in other scripts than ASCII, in which letters of different scripts look alike: then in its
 * ASCII form, `xn--…`.
 */
export function hostToShow(text: string, href: string): string | null {
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  const seen = text.slice(0, LONGEST_TEXT).normalize('NFKC').replace(UNSEEN, '').replace(DOTS, '.');
  if (url.protocol === 'mailto:') return mailToShow(seen, url);
  const target = url.hostname;
  if (url.username !== '' || url.password !== '') return target;
  if (target.split('.').some((label) => label.startsWith('xn--'))) return target;
  // An address in full, which may hold what is no part of a usual host name.
  if (URL.canParse(seen) && new URL(seen).href === url.href) return null;
  return hostsIn(seen).some((host) => !isSameHost(host, target)) ? target : null;
}

function mailToShow(text: string, { pathname }: URL): string | null {
  const target = decoded(pathname).toLowerCase();
  const [, host = ''] = /@([^@]*)$/.exec(target) ?? [];
  const addresses = text.toLowerCase().match(/[^\s<>()]+@[^\s<>(),;]+/g) ?? [];
  const isHonest =
    addresses.length > 0
      ? addresses.every((address) => address.replace(/^mailto:/, '').replace(/\.$/, '') === target)
      : hostsIn(text).every((one) => isSameHost(one, host));
  return isHonest ? null : target;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The hosts that a text names, as a browser would understand them. */
function hostsIn(text: string): string[] {
  return text.split(SEPARATORS).flatMap((word) => {
    const [, name = ''] = HOST.exec(word.slice(0, LONGEST_WORD)) ?? [];
    const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    if (name === '' || FILES.has(ending) || isVersion(name)) return [];
    return [URL.canParse(`https://${name}`) ? new URL(`https://${name}`).hostname : name];
  });
}

/** `3.14` or `v1.2.3`, but not `127.0.0.1`. */
const isVersion = (name: string) => /^\D?\d+(\.\d+)*(\.x)?$/.test(name) && !/^\d+(\.\d+){3}$/.test(name);

const isSameHost = (one: string, other: string) => bare(one) === bare(other);
const bare = (host: string) =>
  host
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/\.$/, '');
