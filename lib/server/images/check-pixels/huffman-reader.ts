import { BrokenImage } from '../strip-metadata/stripped-image';

/** Code lengths and values as in a JPEG's DHT segment (ITU-T T.81, B.2.4.2). */
export interface HuffmanTable {
  counts: Buffer;
  values: Buffer;
}

const LOOKUP_BITS = 16;

/**
 * For all 16-bit values: `length << 8 | value` of the code at their start, or 0 if there is none. @throws BrokenImage
 */
export function lookupOf({ counts, values }: HuffmanTable): Uint16Array {
  const lookup = new Uint16Array(1 << LOOKUP_BITS);
  let code = 0;
  let index = 0;
  for (let length = 1; length <= LOOKUP_BITS; length++) {
    const span = 1 << (LOOKUP_BITS - length);
    for (let n = 0; n < (counts[length - 1] ?? 0); n++) {
      if (code + span > lookup.length) throw new BrokenImage('JPEG: more codes than there can be');
      lookup.fill((length << 8) | (values[index] ?? 0), code, code + span);
      code += span;
      index += 1;
    }
  }
  return lookup;
}

/** Reads the bits of one coded segment of a JPEG, from `start` to the marker at `end`. */
export class HuffmanReader {
  #at: number;
  #buffer = 0;
  #bits = 0;
  /** The number of bits that were added after the end. */
  #padding = 0;

  constructor(
    private readonly bytes: Buffer,
    start: number,
    private readonly end: number,
  ) {
    this.#at = start;
  }

  /** More bits were read than there are: the segment is shorter than its blocks. */
  get exhausted(): boolean {
    return this.#padding > this.#bits;
  }

  /** The number of unread bytes. */
  get rest(): Buffer {
    const buffered = Math.floor(Math.max(0, this.#bits - this.#padding) / 8);
    return this.bytes.subarray(Math.max(0, this.#at - buffered), this.end);
  }

  /** The value of the next code. @throws BrokenImage if there is no such code. */
  code(lookup: Uint16Array): number {
    if (this.#bits < 16) this.#fill();
    const entry = lookup[(this.#buffer >>> (this.#bits - 16)) & 0xffff] ?? 0;
    const length = entry >>> 8;
    if (length === 0) {
      // After the end there are no codes; the caller checks whether the reader is exhausted.
      if (this.#padding === 0) throw new BrokenImage('JPEG: a code without a meaning');
      this.#bits -= 1;
      return 0;
    }
    this.#bits -= length;
    return entry & 0xff;
  }

  /** The next bits, at most 16, as a number. */
  read(count: number): number {
    if (count === 0) return 0;
    if (this.#bits < 16) this.#fill();
    this.#bits -= count;
    return (this.#buffer >>> this.#bits) & ((1 << count) - 1);
  }

  #fill(): void {
    while (this.#bits < 16) {
      let byte = 0;
      if (this.#at < this.end) {
        byte = this.bytes[this.#at] ?? 0;
        // A coded 0xff is followed by a zero, which is left out.
        this.#at += byte === 0xff ? 2 : 1;
      } else this.#padding += 8;
      this.#buffer = (this.#buffer << 8) | byte;
      this.#bits += 8;
    }
  }
}
