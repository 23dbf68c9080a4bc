import { setImmediate as nextTick } from 'node:timers/promises';
import { BrokenImage } from '../strip-metadata/stripped-image';
import { HuffmanReader, type HuffmanTable, lookupOf } from './huffman-reader';
import { decodeBlock, type ScanKind, type ScanState } from './jpeg-blocks';

/** Marker codes (ITU-T T.81, table B.1). */
const EOI = 0xd9;
const SOS = 0xda;
const DHT = 0xc4;
const DRI = 0xdd;
const BASELINE = 0xc0;
const PROGRESSIVE = 0xc2;

/** Progressive pictures have about ten. Each is a pass over all blocks. */
const MAX_SCANS = 64;
/** Some cameras add a few bytes, or zeros, after the last block of a segment. */
const MAX_REST_BYTES = 64;
const YIELD_AFTER_MS = 15;

interface Component {
  id: number;
  h: number;
  v: number;
  /** Blocks in a row and in a column, with those that fill up the last unit. */
  columns: number;
  rows: number;
  /** Those of a scan of this component alone. */
  ownColumns: number;
  ownRows: number;
  /** Which coefficients are not zero: 64 bits a block. Only for progressive pictures. */
  nonZero: Uint32Array | null;
}

interface Frame {
  progressive: boolean;
  components: Component[];
  unitColumns: number;
  unitRows: number;
}

/**
 * Decodes every block of a JPEG that `stripJpeg` has accepted, without making pixels. This is stricter than viewers,
 * which display random bytes, too. The last scan may end early, because such a file can still be displayed.
 * @throws BrokenImage for an undefined code, a coefficient outside its block, bytes after the last block, and for
 * what browsers do not display: arithmetic coding, lossless pictures and 12 bits.
 */
export async function checkJpeg(bytes: Buffer): Promise<void> {
  const tables = new Map<number, HuffmanTable>();
  let frame: Frame | null = null;
  let restartInterval = 0;
  let scans = 0;
  for (let at = 2; bytes[at + 1] !== EOI; ) {
    const marker = bytes[at + 1] ?? 0;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const body = bytes.subarray(at + 4, end);
    if (marker === DHT) readTables(body, tables);
    else if (marker === DRI && body.length >= 2) restartInterval = body.readUInt16BE(0);
    else if (marker === SOS) {
      scans += 1;
      if (!frame || scans > MAX_SCANS) throw new BrokenImage('JPEG: too many scans');
      const kind = readScan(body, frame, tables);
      const next = endOfScan(bytes, end);
      const isLast = bytes[next + 1] === EOI;
      await checkScan(kind, frame, {
        bytes,
        segments: segmentsOf(bytes, end, next),
        restartInterval,
        isLast,
      });
      at = next;
      continue;
    } else if (marker >= BASELINE && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc)
      frame = readFrame(marker, body);
    at = end;
  }
}

function readTables(body: Buffer, tables: Map<number, HuffmanTable>): void {
  for (let at = 0; at < body.length; ) {
    const counts = body.subarray(at + 1, at + 17);
    const size = counts.reduce((sum, count) => sum + count, 0);
    const values = body.subarray(at + 17, at + 17 + size);
    if (counts.length < 16 || values.length < size || size > 256)
      throw new BrokenImage('JPEG: a table ends early');
    tables.set(body[at] ?? 0, { counts, values });
    at += 17 + size;
  }
}

function readFrame(marker: number, body: Buffer): Frame {
  if (marker > PROGRESSIVE || body[0] !== 8)
    throw new BrokenImage('JPEG: a coding that browsers do not show');
  const height = body.readUInt16BE(1);
  const width = body.readUInt16BE(3);
  const count = body[5] ?? 0;
  if (count < 1 || count > 4 || body.length < 6 + 3 * count) throw new BrokenImage('JPEG: a short frame');
  const factors = Array.from({ length: count }, (_, n) => {
    const sampling = body[7 + 3 * n] ?? 0;
    return { id: body[6 + 3 * n] ?? 0, h: sampling >> 4, v: sampling & 15 };
  });
  if (factors.some(({ h, v }) => h < 1 || h > 4 || v < 1 || v > 4))
    throw new BrokenImage('JPEG: a wrong sampling');
  const most = { h: Math.max(...factors.map(({ h }) => h)), v: Math.max(...factors.map(({ v }) => v)) };
  const unitColumns = Math.ceil(width / (8 * most.h));
  const unitRows = Math.ceil(height / (8 * most.v));
  const progressive = marker === PROGRESSIVE;
  const components = factors.map(({ id, h, v }) => {
    const columns = unitColumns * h;
    const rows = unitRows * v;
    return {
      id,
      h,
      v,
      columns,
      rows,
      ownColumns: Math.ceil((width * h) / (8 * most.h)),
      ownRows: Math.ceil((height * v) / (8 * most.v)),
      nonZero: progressive ? new Uint32Array(2 * columns * rows) : null,
    };
  });
  return { progressive, components, unitColumns, unitRows };
}

interface Scan extends ScanKind {
  members: { component: Component; dc: Uint16Array; ac: Uint16Array }[];
}

const NO_CODES = new Uint16Array(1 << 16);

function readScan(body: Buffer, { progressive, components }: Frame, tables: Map<number, HuffmanTable>): Scan {
  const count = body[0] ?? 0;
  if (count < 1 || count > 4 || body.length < 4 + 2 * count) throw new BrokenImage('JPEG: a short scan');
  const [first = 0, last = 0, approximation = 0] = body.subarray(1 + 2 * count);
  const kind: ScanKind = progressive
    ? { progressive, first, last, refines: approximation >> 4 !== 0 }
    : { progressive, first: 0, last: 63, refines: false };
  const spansBoth = first === 0 && last !== 0;
  if (progressive && (last > 63 || first > last || spansBoth || (first > 0 && count > 1)))
    throw new BrokenImage('JPEG: a scan of other coefficients');
  const lookup = (id: number, needed: boolean): Uint16Array => {
    const table = tables.get(id);
    if (needed && !table) throw new BrokenImage('JPEG: a table is missing');
    return needed && table ? lookupOf(table) : NO_CODES;
  };
  const members = Array.from({ length: count }, (_, n) => {
    const component = components.find(({ id }) => id === body[1 + 2 * n]);
    if (!component) throw new BrokenImage('JPEG: a scan of no component');
    const selected = body[2 + 2 * n] ?? 0;
    return {
      component,
      dc: lookup(selected >> 4, kind.first === 0 && !kind.refines),
      ac: lookup(0x10 | (selected & 15), kind.last > 0),
    };
  });
  return { ...kind, members };
}

interface Coded {
  bytes: Buffer;
  /** Start and end of each segment between restart markers. */
  segments: Iterable<[number, number]>;
  restartInterval: number;
  isLast: boolean;
}

async function checkScan(scan: Scan, frame: Frame, coded: Coded): Promise<void> {
  const [only] = scan.members;
  const alone = scan.members.length === 1 ? only?.component : undefined;
  const columns = alone ? alone.ownColumns : frame.unitColumns;
  const units = columns * (alone ? alone.ownRows : frame.unitRows);
  const interval = coded.restartInterval || units;
  let until = performance.now() + YIELD_AFTER_MS;
  let unit = 0;
  let hasEnded = false;
  for (const [start, end] of coded.segments) {
    // An encoder may also write a marker after the last block.
    if (hasEnded || (unit >= units && end > start))
      throw new BrokenImage('JPEG: something behind the blocks');
    hasEnded = unit >= units;
    const reader = new HuffmanReader(coded.bytes, start, end);
    const state: ScanState = { endOfBandRun: 0 };
    const stop = Math.min(units, unit + interval);
    for (; unit < stop && !reader.exhausted; unit++) {
      decodeUnit(unit, columns, scan, reader, state);
      if (unit % 256 === 0 && performance.now() > until) {
        await nextTick();
        until = performance.now() + YIELD_AFTER_MS;
      }
    }
    if (reader.exhausted) {
      if (coded.isLast) return;
      throw new BrokenImage('JPEG: too few blocks');
    }
    const { rest } = reader;
    if (rest.length > MAX_REST_BYTES && rest.some((byte) => byte !== 0))
      throw new BrokenImage('JPEG: something behind the blocks');
  }
  if (unit < units && !coded.isLast) throw new BrokenImage('JPEG: too few blocks');
}

function decodeUnit(
  unit: number,
  columns: number,
  scan: Scan,
  reader: HuffmanReader,
  state: ScanState,
): void {
  const column = unit % columns;
  const row = Math.floor(unit / columns);
  const alone = scan.members.length === 1;
  for (const { component, dc, ac } of scan.members) {
    const [h, v] = alone ? [1, 1] : [component.h, component.v];
    for (let y = 0; y < v; y++)
      for (let x = 0; x < h; x++) {
        const block = (row * v + y) * component.columns + column * h + x;
        decodeBlock(scan, reader, state, { dc, ac, nonZero: component.nonZero, at: 2 * block });
      }
  }
}

/** The next marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new BrokenImage('JPEG: no end');
}

/** A generator, because a file of nothing but markers has millions of them. */
function* segmentsOf(bytes: Buffer, from: number, to: number): Iterable<[number, number]> {
  let start = from;
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at < to; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next < 0xd0 || next > 0xd7) continue;
    yield [start, at];
    start = at + 2;
  }
  yield [start, to];
}
