import { BrokenImage } from '../strip-metadata/stripped-image';
import type { HuffmanReader } from './huffman-reader';

/** The coefficients of a block that a scan contains: 0 is the block's mean (DC), 1 to 63 are the details (AC). */
export interface ScanKind {
  progressive: boolean;
  first: number;
  last: number;
  /** The scan adds one bit of precision to an earlier one. */
  refines: boolean;
}

export interface ScanState {
  /** For this many more blocks, the rest of the band is zero. */
  endOfBandRun: number;
}

interface Block {
  dc: Uint16Array;
  ac: Uint16Array;
  nonZero: Uint32Array | null;
  /** Where the block's 64 bits begin in `nonZero`. */
  at: number;
}

/** The most bits of a coefficient of 8-bit samples (ITU-T T.81, F.1.2.1 and F.1.2.2). */
const MAX_DC_BITS = 11;
const MAX_AC_BITS = 10;

/** Reads the code of one block (ITU-T T.81, annexes F and G). @throws BrokenImage */
export function decodeBlock(kind: ScanKind, reader: HuffmanReader, state: ScanState, block: Block): void {
  if (kind.first === 0) {
    if (kind.refines) reader.read(1);
    else {
      const bits = reader.code(block.dc);
      if (bits > MAX_DC_BITS) throw outside();
      reader.read(bits);
    }
  }
  if (kind.last === 0) return;
  if (kind.refines) refineDetails(kind, reader, state, block);
  else decodeDetails(kind, reader, state, block);
}

function decodeDetails(
  { progressive, first, last }: ScanKind,
  reader: HuffmanReader,
  state: ScanState,
  block: Block,
) {
  if (state.endOfBandRun > 0) {
    state.endOfBandRun -= 1;
    return;
  }
  for (let k = Math.max(1, first); k <= last; k++) {
    const code = reader.code(block.ac);
    const run = code >> 4;
    const bits = code & 15;
    if (bits === 0) {
      if (run < 15) {
        if (!progressive && run > 0) throw outside();
        state.endOfBandRun = (1 << run) + reader.read(run) - 1;
        return;
      }
      k += 15;
      if (k >= last && !reader.exhausted) throw outside();
      continue;
    }
    k += run;
    if (reader.exhausted) return;
    if (k > last || bits > MAX_AC_BITS) throw outside();
    reader.read(bits);
    if (block.nonZero) mark(block.nonZero, block.at, k);
  }
}

function refineDetails(
  { first, last }: ScanKind,
  reader: HuffmanReader,
  state: ScanState,
  { ac, nonZero, at }: Block,
) {
  if (!nonZero) return;
  let k = first;
  if (state.endOfBandRun === 0) {
    for (; k <= last; k++) {
      const code = reader.code(ac);
      let run = code >> 4;
      const bits = code & 15;
      if (reader.exhausted) return;
      if (bits > 1) throw outside();
      if (bits === 0 && run < 15) {
        state.endOfBandRun = (1 << run) + reader.read(run);
        break;
      }
      if (bits === 1) reader.read(1);
      for (; k <= last; k++) {
        if (isMarked(nonZero, at, k)) reader.read(1);
        else if (run === 0) break;
        else run -= 1;
      }
      if (bits === 1) {
        if (k > last) throw outside();
        mark(nonZero, at, k);
      }
    }
  }
  if (state.endOfBandRun > 0) {
    for (; k <= last; k++) if (isMarked(nonZero, at, k)) reader.read(1);
    state.endOfBandRun -= 1;
  }
}

const outside = () => new BrokenImage('JPEG: a coefficient outside its block');

function mark(nonZero: Uint32Array, at: number, k: number): void {
  const word = at + (k >> 5);
  nonZero[word] = (nonZero[word] ?? 0) | (1 << (k & 31));
}

const isMarked = (nonZero: Uint32Array, at: number, k: number): boolean =>
  ((nonZero[at + (k >> 5)] ?? 0) & (1 << (k & 31))) !== 0;
