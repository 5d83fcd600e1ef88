import { crc32, deflateSync } from "node:zlib";

/*
 * A picture is drawn here, point by point, because a photograph would be somebody's: a jar whose lid sits askew.
 */
const width = 320;
const height = 240;
type Colour = readonly [red: number, green: number, blue: number];
const paper: Colour = [244, 241, 235];
const table: Colour = [199, 178, 150];
const glass: Colour = [206, 224, 222];
const edge: Colour = [112, 138, 140];
const plums: Colour = [104, 46, 82];
const juice: Colour = [142, 74, 116];
const lid: Colour = [176, 58, 46];
const rim: Colour = [120, 36, 30];

// Sides of the jar, px; its lid leans by so much a px across.
const [left, right, bottom] = [104, 216, 204];
const lean = 0.13;

function colourAt(x: number, y: number): Colour {
  const lidAt = 62 + (x - 160) * lean;
  if (x > left - 10 && x < right + 10 && y > lidAt && y < lidAt + 22) return y > lidAt + 17 ? rim : lid;
  if (x >= left && x <= right && y >= 86 && y <= bottom) {
    if (x < left + 3 || x > right - 3 || y > bottom - 3) return edge;
    if (y <= 112) return glass;
    const [across, down] = [((x - left) % 22) - 11, ((y - 112) % 22) - 11];
    return across * across + down * down < 100 ? plums : juice;
  }
  return y > 180 ? table : paper;
}

const chunk = (name: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
};

/** The picture as a PNG (eight bits a channel, no filter), the same bytes every time. */
export function lidAskew(): Buffer {
  const rows = Array.from({ length: height }, (_none, y) => Buffer.from([0, ...Array.from({ length: width }, (_no, x) => colourAt(x, y)).flat()])); // prettier-ignore
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const begin = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([begin, chunk("IHDR", head), chunk("IDAT", deflateSync(Buffer.concat(rows))), chunk("IEND", Buffer.alloc(0))]); // prettier-ignore
}
